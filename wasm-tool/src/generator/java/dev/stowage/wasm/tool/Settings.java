package dev.stowage.wasm.tool;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The list of properties and variables that neither the plugin nor a command line describes. */
record Settings(List<Section> section, List<Setting> other) {
  static final Path FILE = Path.of("src/generator/settings.toml");

  /** One heading of the document; {@code tools} adds the variables of the outside tools. */
  record Section(String title, String text, boolean tools, List<Setting> setting) {}

  /** One name; {@code byDefault} may be null. */
  record Setting(String name, @JsonProperty("default") String byDefault, String meaning) {
    /** The part of the name that is in the code: for templates the part before the placeholder. */
    String constant() {
      int placeholder = name.indexOf('<');
      return placeholder < 0 ? name : name.substring(0, placeholder);
    }

    /** The form in which the name is set. */
    String form() {
      return name.contains(".") ? "-D" + name : name;
    }
  }

  static Settings read() throws IOException {
    return new TomlMapper().readValue(FILE.toFile(), Settings.class);
  }

  List<Setting> all() {
    return section.stream().flatMap(some -> some.setting().stream()).toList();
  }
}
