package dev.stowage.wasm.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The goals of the Maven plugin, read from the descriptor that Maven generates. */
final class PluginDescriptor {
  static final Path FILE = Path.of("../maven-plugin/target/classes/META-INF/maven/plugin.xml");

  /** A parameter; {@code property} and {@code byDefault} may be empty. */
  record Parameter(String name, String property, String byDefault, String meaning) {}

  /** A goal with the parameters that a POM can set. */
  record Goal(String name, String phase, String meaning, List<Parameter> parameters) {}

  private PluginDescriptor() {}

  static List<Goal> goals() throws IOException {
    List<Goal> goals = new ArrayList<>();
    for (Element mojo : elements(root(), "mojo")) {
      List<Parameter> parameters = new ArrayList<>();
      for (Element parameter : elements(mojo, "parameter")) {
        if (text(parameter, "editable").equals("true")) {
          parameters.add(parameter(mojo, parameter));
        }
      }
      goals.add(
          new Goal(text(mojo, "goal"), text(mojo, "phase"), text(mojo, "description"), parameters));
    }
    return goals;
  }

  private static Parameter parameter(Element mojo, Element parameter) {
    String name = text(parameter, "name");
    String property = "";
    String byDefault = "";
    for (Element configuration : elements(mojo, "configuration")) {
      for (Element value : elements(configuration, name)) {
        property = value.getTextContent().replaceAll("^\\$\\{(.*)\\}$", "$1");
        byDefault = value.getAttribute("default-value");
      }
    }
    return new Parameter(name, property, byDefault, text(parameter, "description"));
  }

  private static Element root() throws IOException {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(FILE.toFile())
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(FILE + ": " + e.getMessage(), e);
    }
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
        .map(i -> (Element) nodes.item(i))
        .toList();
  }

  /** Text of the first element of that name, as one line; empty without one. */
  private static String text(Element parent, String name) {
    List<Element> found = elements(parent, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent().strip().replaceAll("\\s+", " ");
  }
}
