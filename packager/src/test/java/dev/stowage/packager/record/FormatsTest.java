package dev.stowage.packager.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stowage.packager.fixture.JsonSchemas;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.pack.PinsText;
import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.project.ProjectFile;
import dev.stowage.packager.project.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every version must read the committed files of each format; docs/formats.md has the rules. */
class FormatsTest {
  private static final Path COMMITTED = Path.of("../testdata/formats");

  private static byte[] committed(String name) throws IOException {
    return Files.readAllBytes(COMMITTED.resolve(name));
  }

  private static String text(String name) throws IOException {
    return new String(committed(name), StandardCharsets.UTF_8);
  }

  @Test
  void aChangedFileNeedsANewNumber() throws IOException {
    TreeMap<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(COMMITTED)) {
      for (Path file : files.filter(f -> !f.endsWith("digests.txt")).toList()) {
        digests.put(file.getFileName().toString(), FileDigests.of(file).sha256());
      }
    }
    StringBuilder lines = new StringBuilder();
    digests.forEach((name, digest) -> lines.append(digest).append("  ").append(name).append('\n'));
    assertThat(text("digests.txt"))
        .as("a committed file stays as it is; a new format gets a file with the next number")
        .isEqualTo(lines.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan",
        "result",
        "waybill",
        "debug-index",
        "verify-report",
        "build-doctor",
        "loader-doctor",
        "targets"
      })
  void theSchemaDescribesTheCommittedFile(String format) throws IOException {
    JsonSchemas.assertFits(format, text(format + "-1.json"));
  }

  @Test
  void everySchemaHasACommittedFile() throws IOException {
    Path schemas = Path.of("src/main/resources/dev/stowage/packager/schema");
    try (Stream<Path> files = Files.list(schemas)) {
      for (Path schema : files.toList()) {
        String format = schema.getFileName().toString().replace(".schema.json", "");
        assertThat(COMMITTED.resolve(format + "-1.json")).exists();
      }
    }
  }

  /** The file with an unknown key at the top and in each object below. */
  private static byte[] withUnknownKeys(String name) throws IOException {
    JsonNode tree = Json.tree(text(name));
    mark(tree);
    return tree.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void mark(JsonNode node) {
    node.forEach(FormatsTest::mark);
    // The toolchain is a map whose keys are names of tools.
    if (node instanceof ObjectNode object && !object.has("rustc")) {
      object.put("keyOfALaterVersion", 1);
    }
  }

  @Test
  void plansAreRead() throws IOException {
    Plan plan = Json.read(committed("plan-1.json"), Plan.class);
    assertThat(plan.language()).isEqualTo(Language.RUST);
    assertThat(plan.role()).isEqualTo(Role.CORE);
    assertThat(plan.toolchain().get("zig").version()).isEqualTo("0.17.1");
    assertThat(Json.read(withUnknownKeys("plan-1.json"), Plan.class)).isEqualTo(plan);
  }

  @Test
  void resultsAreRead() throws IOException {
    Result result = Json.read(committed("result-1.json"), Result.class);
    assertThat(result.library().size()).isEqualTo(365408);
    assertThat(Json.read(withUnknownKeys("result-1.json"), Result.class)).isEqualTo(result);
  }

  @Test
  void waybillsAreRead() throws IOException {
    Waybill waybill = Json.read(committed("waybill-1.json"), Waybill.class);
    assertThat(waybill.artifact()).hasToString("com.example:greet");
    WaybillEntry binding = waybill.bindings().get(0);
    assertThat(binding.language()).isEqualTo(Language.RUST);
    assertThat(binding.libraries())
        .extracting(WaybillFile::role)
        .containsExactly(Role.CORE, Role.SHIM);
    assertThat(waybill.unsupported().get(0).reason()).isEqualTo("initial-exec-tls");
    assertThat(Json.read(withUnknownKeys("waybill-1.json"), Waybill.class)).isEqualTo(waybill);
  }

  @Test
  void rolesAndLanguagesAreRead() throws IOException {
    Waybill waybill = Json.read(committed("waybill-1-roles.json"), Waybill.class);
    assertThat(waybill.bindings().stream().map(WaybillEntry::language))
        .containsExactly(Language.GO, Language.C, Language.OTHER);
    assertThat(waybill.bindings().stream().flatMap(b -> b.libraries().stream()))
        .extracting(WaybillFile::role)
        .containsExactly(
            Role.CORE, Role.SHIM, Role.EXECUTABLE, Role.CORE, Role.DEPENDENCY, Role.JNI);
    WaybillEntry alone = waybill.bindings().get(1);
    assertThat(alone.contract()).as("a core alone has no native methods").isNull();
    for (WaybillEntry entry : waybill.bindings()) {
      assertThat(
              WaybillEntry.of(entry.name(), entry.language(), entry.contract(), entry.libraries()))
          .isEqualTo(entry);
    }
    assertThat(PinsText.of(waybill, "com/example/roles/")).isEqualTo(text("pins-1-roles.txt"));
    assertThat(JsonSchemas.undescribed("waybill", Json.tree(text("waybill-1-roles.json"))))
        .isEmpty();
  }

  /** The format number changes when an older reader would misread the rest. */
  @Test
  void anotherFormatIsNotRead() throws IOException {
    for (Map.Entry<String, Class<?>> format :
        Map.<String, Class<?>>of(
                "plan", Plan.class,
                "result", Result.class,
                "waybill", Waybill.class,
                "debug-index", DebugIndex.class)
            .entrySet()) {
      String json = text(format.getKey() + "-1.json").replace("\"format\": 1", "\"format\": 2");
      assertThatThrownBy(() -> Json.read(json.getBytes(StandardCharsets.UTF_8), format.getValue()))
          .as(format.getKey())
          .hasStackTraceContaining("format 2 instead of 1");
    }
  }

  /** Signing changes sizes and digests in JARs that a later version may have packed. */
  @Test
  void anEditKeepsWhatItDoesNotKnow() throws IOException {
    Waybill before = Json.read(committed("waybill-1.json"), Waybill.class);
    String core = before.bindings().get(0).libraries().get(0).file();
    Waybill after = before.with(Map.of(core, new byte[] {1}));
    byte[] unknown = withUnknownKeys("waybill-1.json");
    byte[] edited = WaybillEdit.of(unknown, after);
    assertThat(Json.read(edited, Waybill.class)).isEqualTo(after);
    String key = "keyOfALaterVersion";
    assertThat(new String(edited, StandardCharsets.UTF_8).split(key, -1))
        .hasSameSizeAs(new String(unknown, StandardCharsets.UTF_8).split(key, -1));
    assertThat(WaybillEdit.of(Json.indented(before), after)).isEqualTo(Json.indented(after));

    String pins = PinsText.of(before, "com/example/greet/");
    String expected = PinsText.of(after, "com/example/greet/");
    assertThat(PinsText.changed(pins, before, after)).isEqualTo(expected);
    String more =
        pins.replace("\nshim ", "\nfuture line\nshim ").replaceAll("(\ncore .*)", "$1 word");
    assertThat(PinsText.changed(more, before, after))
        .contains("\nfuture line\n", " word\n")
        .satisfies(
            text ->
                assertThat(text.replace("future line\n", "").replace(" word\n", "\n"))
                    .isEqualTo(expected));
    assertThat(PinsText.changed(expected, before, after)).as("pins of another build").isNull();
    assertThat(PinsText.changed(pins.replace(" 1.0\n", " 1.1\n"), before, after)).isNull();
  }

  @Test
  void debugIndexesAreRead() throws IOException {
    DebugIndex index = Json.read(committed("debug-index-1.json"), DebugIndex.class);
    assertThat(index.files()).hasSize(1);
    assertThat(Json.read(withUnknownKeys("debug-index-1.json"), DebugIndex.class)).isEqualTo(index);
  }

  @Test
  void projectFilesAreRead() {
    Project project =
        ProjectFile.read(COMMITTED.resolve("stowage-1.toml"), OptionStyle.COMMAND_LINE);
    assertThat(project.artifact()).hasToString("com.example:greet");
    assertThat(project.bindings().stream().map(b -> b.name() + " " + b.language()).toList())
        .isEqualTo(List.of("rust RUST", "go GO"));
  }

  /** An id keeps its meaning: it is listed once, in the range of its area, and is never removed. */
  @Test
  void everyErrorIdIsListedOnceInItsRange() throws IOException {
    TreeMap<String, String> listed = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("../testdata/error-ids.txt"))) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" ", 2);
        assertThat(listed.put(words[0], words[1])).as(words[0]).isNull();
        assertThat(words[1].split(" ", -1)[0])
            .as(words[0])
            .isEqualTo(area(Integer.parseInt(words[0].substring("STOW-".length()))));
      }
    }
    TreeSet<String> used = new TreeSet<>();
    for (String module : List.of("loader", "packager", "maven-plugin")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          Matcher id = Pattern.compile("\"(STOW-\\d+)\"").matcher(Files.readString(file));
          while (id.find()) {
            used.add(id.group(1));
          }
        }
      }
    }
    listed.values().removeIf(area -> area.endsWith(" retired"));
    assertThat(used).isEqualTo(listed.keySet());
    TreeSet<String> documented = new TreeSet<>();
    for (String page : List.of("troubleshooting.md", "build-errors.md")) {
      Matcher id =
          Pattern.compile("<a id=\"stow-(\\d+)\"></a>")
              .matcher(Files.readString(Path.of("../docs", page)));
      while (id.find()) {
        assertThat(documented.add("STOW-" + id.group(1))).as(id.group(1)).isTrue();
      }
    }
    assertThat(documented).isEqualTo(listed.keySet());
  }

  private static String area(int number) {
    if (number < 100) {
      return number < 50 ? "loader" : "transport";
    }
    List<String> areas = List.of("project", "verify", "contract", "pack", "sign", "inputs", "new");
    return areas.get(number / 100 - 1);
  }
}
