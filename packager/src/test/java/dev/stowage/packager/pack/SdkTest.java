package dev.stowage.packager.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.packager.fixture.DemoProjects;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.verify.Rule;
import dev.stowage.packager.verify.Severity;
import dev.stowage.testing.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The content of SDKs; a C program builds against one in any directory. */
class SdkTest {
  private static final Instant TIME = Instant.parse("2026-11-21T00:00:00Z");

  private static final String VERSION = "pkg-config --modversion stowage_demo_one";

  @TempDir Path dir;

  @Test
  void aProgramBuildsAgainstIt() throws Exception {
    DemoBuild build = new DemoBuild(dir);
    Path zip = pack(build);
    assertThat(zip.getFileName()).hasToString("demo-natives-1.2.3-linux-x86_64-sdk.zip");
    String core = build.file(Role.CORE).getFileName().toString();
    // A space in the path: pkg-config must escape paths that are relative to its own file.
    Path sdk = dir.resolve("my sdk");
    assertThat(unzip(zip, sdk))
        .containsExactly(
            "LICENSE",
            "include/demo.h",
            "lib/" + core,
            "lib/pkgconfig/stowage_demo_one.pc",
            "licenses/one/NOTICE.txt",
            "waybill.json");
    Files.writeString(
        dir.resolve("main.c"), "#include <demo.h>\nint main(void) { return demo_add(40, 2); }\n");
    String line =
        "export PKG_CONFIG_PATH='my sdk/lib/pkgconfig'; flags=$(pkg-config --cflags --libs"
            + " stowage_demo_one) && eval \"cc -Wall -Werror -o main main.c $flags"
            + " '-Wl,-rpath,\\$ORIGIN/my sdk/lib'\" && ./main";
    assertThat(Commands.run(dir, List.of("sh", "-c", line)).expectExit(42).output()).isEmpty();
    List<String> version = List.of("sh", "-c", line.replaceAll("flags=.*", VERSION));
    assertThat(Commands.output(dir, version)).isEqualTo("1.2.3\n");
  }

  @Test
  void equalInputGivesEqualBytes() throws IOException {
    DemoBuild build = new DemoBuild(dir);
    Path zip = pack(build);
    byte[] first = Files.readAllBytes(zip);
    Files.delete(zip);
    assertThat(pack(build)).hasBinaryContent(first);
  }

  /** The host's files under a Windows classifier: only their places in the ZIP are checked. */
  @Test
  void windowsGetsImportLibrariesAndNoBindingThatIsNotThere() throws IOException {
    DemoBuild build = new DemoBuild(dir, DemoProjects.demo(dir, "demo.api.N"), "windows-x86_64");
    assertThatThrownBy(() -> pack(build)).hasMessageContaining("STOW-410");
    String core = build.file(Role.CORE).getFileName().toString();
    Path implib = build.output.implib("windows-x86_64").resolve("lib" + core + ".a");
    DemoBuild.write(implib, "!<arch>\n");
    Path sdk = dir.resolve("sdk");
    assertThat(unzip(pack(build), sdk)).contains("bin/" + core, "lib/lib" + core + ".a");
    assertThat(Files.readString(sdk.resolve("lib/pkgconfig/stowage_demo_one.pc")))
        .contains("Libs: ${libdir}/lib" + core + ".a\n");
  }

  @Test
  void aTargetWithoutGoHasNoGoHeader() throws IOException {
    Path sdk = dir.resolve("sdk");
    DemoBuild build =
        new DemoBuild(dir, DemoProjects.demoWithGo(dir, "demo.api.N"), "linux-x86_64-musl");
    assertThat(unzip(pack(build), sdk))
        .contains("include/demo.h", "lib/pkgconfig/stowage_demo_one.pc")
        .noneMatch(name -> name.contains("two"));
  }

  private static Path pack(DemoBuild build) {
    Map<Rule, Severity> severities = new EnumMap<>(Rule.class);
    List.of(Rule.values()).forEach(rule -> severities.put(rule, Severity.OFF));
    build.packer().pins(build.contracts, List.of(build.verify(severities)), build.classes);
    return build.packer().sdks(TIME).values().iterator().next();
  }

  private static List<String> unzip(Path file, Path directory) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        Path to = directory.resolve(entry.getName());
        Files.createDirectories(to.getParent());
        Files.write(to, zip.getInputStream(entry).readAllBytes());
      }
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }
}
