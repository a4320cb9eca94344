package dev.stowage.packager.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.debug.DebugSymbols;
import dev.stowage.packager.fixture.CrossTools;
import dev.stowage.packager.fixture.DemoProjects;
import dev.stowage.packager.fixture.JsonSchemas;
import dev.stowage.packager.fixture.LlvmTools;
import dev.stowage.packager.fixture.RecordingConsole;
import dev.stowage.packager.fixture.TargetCompiler;
import dev.stowage.packager.project.Coordinates;
import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.DebugIndex;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.OutputTree;
import dev.stowage.packager.record.Waybill;
import dev.stowage.packager.record.WaybillEntry;
import dev.stowage.packager.record.WaybillFile;
import dev.stowage.packager.tool.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debug files packed per row, and found again as debuggers do. */
class DebugJarTest {
  private static final String SOURCE =
      """
      __attribute__((visibility("default")))
      int boom(int *p) {
        return *p;
      }
      """;

  @TempDir private Path dir;
  private Project project;
  private OutputTree output;

  @BeforeEach
  void project() throws IOException {
    project = DemoProjects.demo(dir, "demo.api.N");
    output = new OutputTree(dir.resolve("target/stowage"));
    DemoBuild.write(dir.resolve("LICENSE"), "as is\n");
  }

  /** Builds, splits and writes the waybill, as a release build does. */
  private WaybillFile build(String row) throws IOException {
    Target target = Targets.byClassifier(row);
    String name = target.libraryName("boom");
    Path made = dir.resolve("made").resolve(name);
    TargetCompiler.library(made, row, SOURCE, List.of("-g", "-gdwarf-4"));
    Path library = output.lib(row).resolve(name);
    Path debug = output.debug(row, name);
    Files.createDirectories(library.getParent());
    Files.createDirectories(debug.getParent());
    String id = new DebugSymbols(CrossTools.box()).split(made, target, library, debug);
    FileDigests.FileDigest digest = FileDigests.of(library);
    WaybillFile item = item(name, digest, id);
    waybill(row, item);
    return item;
  }

  private static WaybillFile item(String name, FileDigests.FileDigest digest, String id) {
    List<String> none = List.of();
    return new WaybillFile(
        Role.CORE,
        name,
        digest.size(),
        digest.crc32(),
        digest.sha256(),
        "plan",
        id,
        null,
        none,
        none,
        none,
        new TreeMap<>(),
        none,
        List.of());
  }

  private void waybill(String row, WaybillFile item) {
    Waybill waybill =
        new Waybill(
            Waybill.FORMAT,
            "demo",
            "1.0",
            row,
            new Coordinates("demo", "demo-natives"),
            true,
            List.of(WaybillEntry.of("one", Language.RUST, "c0ffee", List.of(item))),
            List.of(),
            List.of());
    AtomicFile.write(output.waybill(row), Json.indented(waybill));
  }

  private Map<String, Path> pack(String row) {
    return Packer.debugJars(project, output, List.of(row), Instant.EPOCH, new RecordingConsole());
  }

  @ParameterizedTest
  @CsvSource({
    "linux-x86_64, \\.build-id/[0-9a-f]{2}/[0-9a-f]{38}\\.debug",
    "osx-aarch_64, libboom\\.dylib\\.dSYM/Contents/Resources/DWARF/libboom\\.dylib",
    "windows-x86_64, boom\\.dll/[0-9a-f]+/boom\\.dll",
  })
  void theIndexLeadsFromIdToFile(String row, String path) throws IOException {
    WaybillFile item = build(row);
    Path jar = pack(row).get(row);
    assertThat(jar.getFileName()).hasToString("demo-natives-1.0-" + row + "-debug.jar");
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      String name = "META-INF/stowage/demo/1.0/" + row + "/debug.json";
      byte[] json = zip.getInputStream(zip.getEntry(name)).readAllBytes();
      String text = new String(json, StandardCharsets.UTF_8);
      JsonSchemas.assertFits("debug-index", text);
      DebugIndex index = Json.read(json, DebugIndex.class);
      assertThat(index.classifier()).isEqualTo(row);
      DebugIndex.Entry entry = index.files().get(0);
      assertThat(entry.file()).isEqualTo(item.file());
      assertThat(entry.debugId()).isEqualTo(item.debugId());
      assertThat(entry.path()).matches(path);
      byte[] debug = zip.getInputStream(zip.getEntry(entry.path())).readAllBytes();
      assertThat(FileDigests.sha256(debug)).isEqualTo(entry.sha256());
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactlyInAnyOrder(
              "META-INF/MANIFEST.MF", "META-INF/LICENSE", name, entry.path());
    }
  }

  /** Nobody names the debug file: an unpacked JAR is enough. */
  @Test
  void theSymbolizerFindsTheFileByItself() throws IOException {
    WaybillFile elf = build("linux-x86_64");
    Path unpacked = unpack(pack("linux-x86_64").get("linux-x86_64"));
    Path library = output.lib("linux-x86_64").resolve(elf.file());
    long address = LlvmTools.exportAddress(library, "boom");
    String option = "--debug-file-directory=" + unpacked;
    assertThat(LlvmTools.symbolize(library, address, option)).contains("source.c:");
    assertThat(LlvmTools.symbolize(library, address)).doesNotContain("source.c");

    WaybillFile machO = build("osx-aarch_64");
    unpack(pack("osx-aarch_64").get("osx-aarch_64"));
    Path dylib = output.lib("osx-aarch_64").resolve(machO.file());
    Path beside = Files.copy(dylib, unpacked.resolve(machO.file()));
    long other = LlvmTools.exportAddress(beside, "boom");
    assertThat(LlvmTools.symbolize(beside, other)).contains("source.c:");
  }

  private Path unpack(Path jar) throws IOException {
    Path to = dir.resolve("unpacked");
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        AtomicFile.write(to.resolve(entry.getName()), zip.getInputStream(entry).readAllBytes());
      }
    }
    return to;
  }

  @Test
  void refusesADebugFileOfAnotherLibrary() throws IOException {
    String row = "linux-x86_64";
    WaybillFile item = build(row);
    Path debug = output.debug(row, item.file());
    Path library = output.lib(row).resolve(item.file());
    byte[] own = Files.readAllBytes(debug);
    Path made = dir.resolve("made/other.so");
    TargetCompiler.library(made, row, SOURCE.replace("*p;", "*p + 1;"), List.of("-g"));
    Path ignored = dir.resolve("made/stripped.so");
    new DebugSymbols(CrossTools.box()).split(made, Targets.byClassifier(row), ignored, debug);
    refuses(row, "STOW-411 no debug file of " + item.file());
    Files.delete(debug);
    refuses(row, "STOW-411 no debug file of " + item.file());
    Files.write(debug, own);
    waybill(row, item(item.file(), FileDigests.of(library), null));
    assertThat(pack(row)).isEmpty();
  }

  private void refuses(String row, String message) {
    assertThatThrownBy(() -> pack(row)).hasMessageStartingWith(message);
    assertThat(output.jars()).doesNotExist();
  }
}
