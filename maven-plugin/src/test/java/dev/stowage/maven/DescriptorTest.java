package dev.stowage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The goals and parameters in the plugin descriptor, which Maven and {@code stowage:help} read. */
class DescriptorTest {
  private Document descriptor;

  @BeforeEach
  void read() throws Exception {
    Path file = Path.of("target/classes/META-INF/maven/plugin.xml");
    descriptor = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  private static String child(Element element, String name) {
    NodeList found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }

  private static void each(NodeList nodes, Consumer<Element> action) {
    for (int i = 0; i < nodes.getLength(); i++) {
      action.accept((Element) nodes.item(i));
    }
  }

  @Test
  void goalsAreTheCommands() {
    List<String> goals = new ArrayList<>();
    each(descriptor.getElementsByTagName("mojo"), mojo -> goals.add(child(mojo, "goal")));
    assertThat(goals)
        .containsExactlyInAnyOrder(
            "build", "doctor", "help", "jni", "package", "targets", "verify");
  }

  @Test
  void everyGoalIsDescribedAndFitForParallelBuilds() {
    each(
        descriptor.getElementsByTagName("mojo"),
        mojo -> {
          String goal = child(mojo, "goal");
          assertThat(child(mojo, "description")).as(goal).isNotEmpty();
          assertThat(child(mojo, "threadSafe")).as(goal).isEqualTo("true");
        });
  }

  @Test
  void everyParameterIsDescribedAndHasASince() {
    List<String> seen = new ArrayList<>();
    each(
        descriptor.getElementsByTagName("mojo"),
        mojo -> {
          if (!child(mojo, "goal").equals("help")) {
            each(mojo.getElementsByTagName("parameter"), parameter -> check(parameter, seen));
          }
        });
    assertThat(seen).hasSizeGreaterThan(40);
  }

  private static void check(Element parameter, List<String> seen) {
    String name = child(parameter, "name");
    if (child(parameter, "editable").equals("true")) {
      assertThat(child(parameter, "description")).as(name).isNotEmpty();
      assertThat(child(parameter, "since")).as(name).isEqualTo("0.1.0");
      seen.add(name);
    }
  }
}
