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
import dev.stowage.packager.record.BuildOutput;
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
import java.util.HashMap;
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

/** Packs debug files per classifier, and finds them the way debuggers do. */
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

  /** Builds, splits and writes the waybill, like a release build. */
  private WaybillFile build(String classifier) throws IOException {
    Target target = Targets.byClassifier(classifier);
    String name = target.libraryName("boom");
    Path made = dir.resolve("made").resolve(name);
    TargetCompiler.library(made, classifier, SOURCE, List.of("-g", "-gdwarf-4"));
    Path library = output.lib(classifier).resolve(name);
    Path debug = output.debug(classifier, name);
    Files.createDirectories(library.getParent());
    Files.createDirectories(debug.getParent());
    String id = new DebugSymbols(CrossTools.box()).split(made, target, library, debug);
    FileDigests.FileDigest digest = FileDigests.of(library);
    WaybillFile item = item(name, digest, id);
    waybill(classifier, item);
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

  private void waybill(String classifier, WaybillFile item) {
    Waybill waybill =
        new Waybill(
            Waybill.FORMAT,
            "demo",
            "1.0",
            classifier,
            new Coordinates("demo", "demo-natives"),
            true,
            List.of(WaybillEntry.of("one", Language.RUST, "c0ffee", List.of(item))),
            List.of(),
            List.of());
    AtomicFile.write(output.waybill(classifier), Json.indented(waybill));
  }

  private Map<String, Path> pack(String classifier) {
    Target target = Targets.byClassifier(classifier);
    BuildOutput built = new BuildOutput(project, output, "1.0", List.of(target));
    Map<String, Path> jars = new HashMap<>();
    new Packer(built, new RecordingConsole())
        .debugJars(Instant.EPOCH)
        .forEach((each, jar) -> jars.put(each.classifier(), jar));
    return jars;
  }

  @ParameterizedTest
  @CsvSource({
    "linux-x86_64, \\.build-id/[0-9a-f]{2}/[0-9a-f]{38}\\.debug",
    "osx-aarch_64, libboom\\.dylib\\.dSYM/Contents/Resources/DWARF/libboom\\.dylib",
    "windows-x86_64, boom\\.dll/[0-9a-f]+/boom\\.dll",
  })
  void theIndexLeadsFromIdToFile(String classifier, String path) throws IOException {
    WaybillFile item = build(classifier);
    Path jar = pack(classifier).get(classifier);
    assertThat(jar.getFileName()).hasToString("demo-natives-1.0-" + classifier + "-debug.jar");
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      String name = "META-INF/stowage/demo/1.0/" + classifier + "/debug.json";
      byte[] json = zip.getInputStream(zip.getEntry(name)).readAllBytes();
      String text = new String(json, StandardCharsets.UTF_8);
      JsonSchemas.assertFits("debug-index", text);
      DebugIndex index = Json.read(json, DebugIndex.class);
      assertThat(index.classifier()).isEqualTo(classifier);
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

  /** An unpacked JAR is enough: nobody needs to name the debug file. */
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
    String classifier = "linux-x86_64";
    WaybillFile item = build(classifier);
    Path debug = output.debug(classifier, item.file());
    Path library = output.lib(classifier).resolve(item.file());
    byte[] own = Files.readAllBytes(debug);
    Path made = dir.resolve("made/other.so");
    TargetCompiler.library(made, classifier, SOURCE.replace("*p;", "*p + 1;"), List.of("-g"));
    Path ignored = dir.resolve("made/stripped.so");
    new DebugSymbols(CrossTools.box())
        .split(made, Targets.byClassifier(classifier), ignored, debug);
    refuses(classifier, "STOW-411 no debug file of " + item.file());
    Files.delete(debug);
    refuses(classifier, "STOW-411 no debug file of " + item.file());
    Files.write(debug, own);
    waybill(classifier, item(item.file(), FileDigests.of(library), null));
    assertThat(pack(classifier)).isEmpty();
  }

  private void refuses(String classifier, String message) {
    assertThatThrownBy(() -> pack(classifier)).hasMessageStartingWith(message);
    assertThat(output.jars()).doesNotExist();
  }
}
