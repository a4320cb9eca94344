package dev.stowage.packager.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.message.SharedMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code stowage.toml}. Every mistake is an error with the key as the user wrote it.
 *
 * @since 0.1.0
 */
public final class ProjectFile {
  private static final String NAME = "[a-z][a-z0-9]*";
  private static final String PACKAGE = "[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*";

  private static final String ARTIFACT = "\"org.example:wasm-natives\"";

  private final Path file;

  private ProjectFile(Path file) {
    this.file = file;
  }

  /**
   * Reads and checks a project file.
   *
   * @param path the file
   * @param optionStyle how the caller writes options
   * @throws dev.stowage.packager.message.PackagerException (USAGE, STOW-101 to STOW-107)
   */
  public static Project read(Path path, OptionStyle optionStyle) {
    Path file = path.toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      throw ProjectMessages.noProjectFile(file, optionStyle);
    }
    try {
      return new ProjectFile(file).project(new TomlMapper().readTree(file.toFile()));
    } catch (JsonProcessingException e) {
      throw SharedMessages.badToml(file, e.getLocation().getLineNr(), e.getOriginalMessage());
    } catch (IOException e) {
      throw SharedMessages.cannotRead(file, e);
    }
  }

  private Project project(JsonNode root) {
    known(root, "", List.of("library", "package", "artifact", "licenses", "binding"));
    JsonNode table = root.path("binding");
    if (!table.isObject() || table.isEmpty()) {
      throw ProjectMessages.missingKey(file, "binding", "[binding.<name>] with shim and core");
    }
    List<Binding> bindings = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : table.properties()) {
      shape("binding." + entry.getKey(), entry.getKey(), NAME);
      bindings.add(binding(entry.getKey(), entry.getValue()));
    }
    String library = text(root, "", "library", "\"wasm\"");
    shape("library", library, NAME);
    String javaPackage = text(root, "", "package", "\"org.example.wasm\"");
    shape("package", javaPackage, PACKAGE);
    for (Binding binding : bindings) {
      for (String name : binding.shim().classes()) {
        if (!name.startsWith(javaPackage + ".")) {
          throw ProjectMessages.classOutsidePackage(file, binding.name(), name, javaPackage);
        }
      }
    }
    Path licenses = root.has("licenses") ? path(root, "", "licenses", "\"src/licenses\"") : null;
    return new Project(file, library, javaPackage, artifact(root), licenses, bindings);
  }

  private Coordinates artifact(JsonNode root) {
    String text = text(root, "", "artifact", ARTIFACT);
    try {
      return Coordinates.of(text);
    } catch (IllegalArgumentException e) {
      throw ProjectMessages.badCoordinates(file, "artifact", text, ARTIFACT);
    }
  }

  private Binding binding(String name, JsonNode node) {
    String at = "binding." + name + ".";
    known(node, at, List.of("shim", "core"));
    return new Binding(name, core(table(node, at, "core"), at + "core."), shim(node, at));
  }

  private Shim shim(JsonNode binding, String bindingAt) {
    JsonNode node = table(binding, bindingAt, "shim");
    String at = bindingAt + "shim.";
    known(node, at, List.of("sources", "files", "classes"));
    return new Shim(
        path(node, at, "sources", "\"src/main/c\""),
        texts(node, at, "files", "[\"native.c\"]"),
        texts(node, at, "classes", "[\"org.example.wasm.Native\"]"));
  }

  private Core core(JsonNode node, String at) {
    boolean rust = node.has("cargo");
    if (rust == node.has("go")) {
      throw ProjectMessages.coreLanguage(file, at.substring(0, at.length() - 1), rust);
    }
    Language language = rust ? Language.RUST : Language.GO;
    String artifact = rust ? "crate" : "main";
    known(node, at, List.of(language.key(), artifact, "header"));
    return new Core(
        language,
        path(node, at, language.key(), "\"../" + language.key() + "-core\""),
        text(node, at, artifact, rust ? "\"my-crate\"" : "\"./export\""),
        path(node, at, "header", "\"include/core.h\""));
  }

  private void known(JsonNode node, String at, List<String> keys) {
    Set<String> names = new LinkedHashSet<>();
    node.fieldNames().forEachRemaining(names::add);
    names.removeAll(keys);
    for (String name : names) {
      throw ProjectMessages.unknownKey(file, at + name, NearestName.of(name, keys), keys);
    }
  }

  private JsonNode table(JsonNode node, String at, String key) {
    JsonNode value = node.path(key);
    if (value.isObject()) {
      return value;
    }
    if (value.isMissingNode()) {
      throw ProjectMessages.missingKey(file, at + key, "{ ... }");
    }
    throw ProjectMessages.wrongType(file, at + key, "a table", value.toString());
  }

  private Path path(JsonNode node, String at, String key, String example) {
    return file.getParent().resolve(text(node, at, key, example)).normalize();
  }

  private String text(JsonNode node, String at, String key, String example) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      throw ProjectMessages.missingKey(file, at + key, example);
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw ProjectMessages.wrongType(
          file, at + key, "a text such as " + example, value.toString());
    }
    return value.textValue();
  }

  private List<String> texts(JsonNode node, String at, String key, String example) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      throw ProjectMessages.missingKey(file, at + key, example);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      texts.add(element.isTextual() ? element.textValue() : "");
    }
    if (!value.isArray() || texts.isEmpty() || texts.contains("")) {
      throw ProjectMessages.wrongType(
          file, at + key, "a list such as " + example, value.toString());
    }
    return texts;
  }

  private void shape(String key, String value, String pattern) {
    if (!value.matches(pattern)) {
      throw ProjectMessages.badName(file, key, value, pattern);
    }
  }
}
