package dev.stowage.loader.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Generates all committed files that depend on the targets table: the class {@code Targets}, the
 * tables of the documentation, and the dependencies of the platform POM. TargetsTest compares the
 * committed files and, with {@code -Dstowage.regenerate=true}, writes them.
 */
final class TargetsGenerator {
  static final Path TABLE = Path.of("src/main/targets/targets.toml");
  static final Path JAVA = Path.of("src/main/generated/dev/stowage/loader/platform/Targets.java");
  static final Path DOCS = Path.of("../docs/platforms.md");
  static final Path PLATFORM_POM = Path.of("../platform-jars/platform/pom.xml");

  private static final String BEGIN = "  <dependencies>\n";
  private static final String END = "  </dependencies>\n";

  /** Texts of the data file that only the documentation contains; they follow the columns. */
  private static final List<String> TEXTS = List.of("runs", "missing");

  private static final List<String> KEYS =
      Stream.concat(Target.COLUMNS.stream(), TEXTS.stream()).toList();

  private final List<List<String>> entries = new ArrayList<>();

  TargetsGenerator() throws IOException {
    JsonNode root = new TomlMapper().readTree(TABLE.toFile());
    for (JsonNode table : root.get("target")) {
      List<String> keys = new ArrayList<>();
      table.fieldNames().forEachRemaining(keys::add);
      if (!keys.equals(KEYS)) {
        throw new IllegalStateException(
            table.get("classifier") + " has " + keys + ", want " + KEYS);
      }
      List<String> entry = new ArrayList<>();
      for (String key : keys) {
        entry.add(text(table.get(key)));
      }
      entries.add(entry);
    }
  }

  private static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> items = new ArrayList<>();
    value.forEach(item -> items.add(item.asText()));
    return String.join(" ", items);
  }

  private static String value(List<String> entry, String column) {
    return entry.get(KEYS.indexOf(column));
  }

  /** The minimum version, with the name of the system as users write it. */
  private static String minimumVersion(List<String> entry) {
    String name =
        switch (value(entry, "libc")) {
          case "macos" -> "macOS";
          case "windows" -> "Windows";
          default -> value(entry, "libc");
        };
    return name + " " + value(entry, "minimum-version");
  }

  String java() {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        // Generated from loader/src/main/targets/targets.toml by loader/src/generator; CONTRIBUTING.md has the command.
        package dev.stowage.loader.platform;

        import java.util.Arrays;
        import java.util.Collections;
        import java.util.List;

        /**
         * The platforms Stowage builds for and loads on, generated from the targets table.
         *
         * @since 0.1.0
         */
        public final class Targets {
          /** The facts that detection needs; a constant, so that detection loads no further class. */
          static final String INDEX =
              ""
        """);
    for (List<String> entry : entries) {
      String libc = value(entry, "os").equals("linux") ? value(entry, "libc") : "";
      out.append(
          "          + \"%s|%s|%s| %s |%s\\n\"\n"
              .formatted(
                  value(entry, "jvm-os"),
                  value(entry, "bits"),
                  libc,
                  value(entry, "jvm-arch"),
                  value(entry, "classifier")));
    }
    out.setLength(out.length() - 1);
    out.append(";\n\n  private static final List<Target> ALL =\n");
    out.append("      Collections.unmodifiableList(\n          Arrays.asList(\n");
    List<String> targets = new ArrayList<>();
    for (List<String> entry : entries) {
      targets.add(
          "              new Target(\n                  \""
              + String.join("\",\n                  \"", entry.subList(0, Target.COLUMNS.size()))
              + "\")");
    }
    out.append(String.join(",\n", targets)).append("));\n");
    out.append(
        """

          private Targets() {}

          /** All targets, in the table's order. */
          public static List<Target> all() {
            return ALL;
          }

          /** The target with this classifier, or null. */
          public static Target byClassifier(String classifier) {
            for (Target target : ALL) {
              if (target.classifier().equals(classifier)) {
                return target;
              }
            }
            return null;
          }
        }
        """);
    return out.toString();
  }

  String docs() {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        <!-- Generated from loader/src/main/targets/targets.toml by loader/src/generator; CONTRIBUTING.md has the command. -->
        # Platforms

        A classifier is the platform's name in Maven: os-maven-plugin's name, plus `-musl` for Linux with musl (Alpine).
        The minimum version is that of the oldest C library or operating system on which a packed library runs; `verify` refuses a
        release build that needs a newer one. One Linux machine builds for all platforms.

        | classifier | minimum version | how its native libraries are tested | not tested yet |
        |---|---|---|---|
        """);
    for (List<String> entry : entries) {
      out.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  value(entry, "classifier"),
                  minimumVersion(entry),
                  value(entry, "runs"),
                  value(entry, "missing")));
    }
    out.append(
        """

        In addition, `verify` reads the libraries of every platform without running them.

        ## What is built

        | classifier | Rust | Go | zig | supported cores |
        |---|---|---|---|---|
        """);
    for (List<String> entry : entries) {
      out.append(
          "| `%s` | `%s` | `%s/%s` | `%s` | %s |\n"
              .formatted(
                  value(entry, "classifier"),
                  value(entry, "rust"),
                  value(entry, "goos"),
                  value(entry, "goarch"),
                  value(entry, "zig"),
                  value(entry, "supports").replace(" ", ", ")));
    }
    out.append(
        """

        A JVM on musl cannot load a Go core (golang/go#54805), so Go cores are not packed for these platforms; loading one fails
        with [STOW-18](troubleshooting.md#stow-18).

        ## Names in other projects

        | classifier | os.name | os.arch | JavaCPP | native-lib-loader | JNA | Gradle | OCI |
        |---|---|---|---|---|---|---|---|
        """);
    for (List<String> entry : entries) {
      out.append("| `%s`".formatted(value(entry, "classifier")));
      for (String column :
          List.of("jvm-os", "jvm-arch", "javacpp", "native-lib-loader", "jna", "gradle", "oci")) {
        String value = value(entry, column);
        out.append(" | ").append(value.isEmpty() ? "none" : value);
      }
      out.append(" |\n");
    }
    return out.toString();
  }

  /**
   * The platform POM with its list of dependencies replaced: the API and the native libraries of
   * every platform. The rest of the POM is written by hand.
   */
  String platformPom(String committed) {
    int begin = committed.indexOf(BEGIN);
    int end = committed.indexOf(END);
    if (begin < 0 || end < begin || committed.indexOf(BEGIN, end) >= 0) {
      throw new IllegalStateException(PLATFORM_POM + " needs exactly one element <dependencies>");
    }
    StringBuilder list = new StringBuilder(BEGIN);
    list.append(
        """
            <!-- Generated from loader/src/main/targets/targets.toml by loader/src/generator; CONTRIBUTING.md has the command. -->
            <dependency>
              <groupId>dev.stowage</groupId>
              <artifactId>stowage-wasm</artifactId>
            </dependency>
        """);
    for (List<String> entry : entries) {
      list.append(
          """
              <dependency>
                <groupId>dev.stowage</groupId>
                <artifactId>stowage-wasm-natives</artifactId>
                <version>${project.version}</version>
                <classifier>%s</classifier>
              </dependency>
          """
              .formatted(value(entry, "classifier")));
    }
    return committed.substring(0, begin) + list + committed.substring(end);
  }
}
