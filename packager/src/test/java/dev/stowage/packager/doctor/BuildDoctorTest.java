package dev.stowage.packager.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.cache.BuildCache;
import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.fixture.JsonSchemas;
import dev.stowage.packager.fixture.ToolScripts;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.tool.Tool;
import dev.stowage.testing.TextSnapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build doctor's report on machines with and without tools. */
class BuildDoctorTest {
  @TempDir Path directory;

  private ToolScripts bin;

  @BeforeEach
  void localTools() throws Exception {
    bin = new ToolScripts(directory.resolve("bin")).rust("1.95.0").std("x86_64-unknown-linux-gnu");
    bin.tool("cc", "echo 'cc (Debian) 12.2.0'; echo 'more'");
    bin.tool("go", "echo 'go version go1.25.0 linux/amd64'");
  }

  private void releaseTools() throws Exception {
    bin.stdSource().tool("zig", "echo 0.17.1");
    bin.tool("cargo-zigbuild", "echo cargo-zigbuild 0.24.0");
    bin.tool("llvm-objcopy", "echo 'llvm-objcopy, compatible'; echo 'Debian LLVM version 14.0.6'");
    bin.tool("dsymutil", "echo 'Debian LLVM version 14.0.6'");
    bin.tool("rcodesign", "echo rcodesign 0.29.0");
  }

  @Test
  void everythingIsHere() throws Exception {
    releaseTools();
    BuildDoctor doctor = examine(fixture().targets("linux-x86_64"));
    assertThat(doctor.ok()).isTrue();
    check("doctor", doctor);
  }

  /** The machine of a newcomer: ready for a local build, with advice for the rest. */
  @Test
  void onlyLocalTools() throws Exception {
    BuildDoctor doctor = examine(fixture());
    assertThat(doctor.ok()).isTrue();
    check("doctor-local", doctor);
    assertThat(examine(fixture().targets("linux-x86_64")).ok()).isFalse();
  }

  @Test
  void zigIsMissingForWhatIsAsked() throws Exception {
    releaseTools();
    Files.delete(bin.directory().resolve("zig"));
    BuildDoctor doctor = examine(fixture().targets("linux-x86_64"));
    assertThat(doctor.ok()).isFalse();
    check("doctor-no-zig", doctor);
    TextSnapshot.check("doctor-no-zig.json", plain(json(doctor)));
  }

  @Test
  void toolsAreMissingOrBrokenOrOld() throws Exception {
    bin.tool("cc", "echo 'cc: no such target' >&2; exit 1");
    bin.tool("zig", "echo 0.9.1");
    bin.tool("cargo", "exit 1");
    Files.delete(bin.directory().resolve("rustc"));
    Fixture fixture = fixture().rustOnly();
    fixture.edit("rust/Cargo.toml", "edition =", "rust-version = \"1.95\"\nedition =");
    BuildDoctor doctor = examine(fixture);
    assertThat(doctor.ok()).isFalse();
    check("doctor-missing", doctor);
  }

  @Test
  void projectWantsNewerCompilers() throws Exception {
    bin.tool("go", "[ \"$GOTOOLCHAIN\" = local ] && echo 'go version go1.20.3 linux/amd64'");
    Fixture fixture = fixture();
    fixture.edit("rust/Cargo.toml", "edition =", "rust-version = \"1.99\"\nedition =");
    List<String> lines = examine(fixture).lines();
    assertThat(lines)
        .contains(
            "[error]   go             1.20.3 is too old: 1.21 or newer is needed",
            "[error]   rustc          1.95.0 is too old: 1.99 or newer is needed");
  }

  /** The first cargo and the first rustc on the PATH belong to two installations. */
  @Test
  void cargoOfAnotherRust() throws Exception {
    releaseTools();
    Path other = directory.resolve("other");
    new ToolScripts(other).tool("cargo", "echo 'cargo 1.96.0'");
    String path = other + ":" + bin.directory();
    BuildDoctor doctor = examine(fixture().variable("PATH", path));
    assertThat(doctor.ok()).isFalse();
    assertThat(doctor.lines())
        .contains(
            "[error]   cargo          "
                + (other + "/cargo is 1.96.0, " + bin.directory() + "/rustc is 1.95.0"));
    // A release build uses the cargo in the directory of the rustc.
    assertThat(examine(fixture().variable("PATH", path).targets("linux-x86_64")).ok()).isTrue();
    Fixture named = fixture().variable("PATH", path).targets("linux-x86_64");
    named.variable("CARGO", other.resolve("cargo").toString());
    assertThat(examine(named).ok()).isFalse();
  }

  @Test
  void withoutAnything() throws Exception {
    Fixture fixture = fixture();
    fixture.variable("PATH", directory.resolve("empty").toString());
    BuildDoctor doctor = fixture.packager().doctor();
    assertThat(doctor.ok()).isFalse();
    check("doctor-nothing", doctor);
  }

  @Test
  void writesNothing() throws Exception {
    Fixture fixture = fixture();
    releaseTools();
    examine(fixture);
    assertThat(fixture.output().root()).doesNotExist();
  }

  private Fixture fixture() throws Exception {
    Fixture fixture = Fixture.in(directory.resolve("project-" + UUID.randomUUID()));
    for (Tool tool : Tool.values()) {
      fixture.variable(tool.variable(), null);
    }
    // Without the tools of this machine.
    fixture.variable("XDG_CACHE_HOME", directory.resolve("cache").toString());
    fixture.variable(BuildCache.VARIABLE, BuildCache.OFF);
    return fixture.variable("PATH", bin.directory().toString());
  }

  @Test
  void theBuildCacheIsNamedWithItsSize() throws Exception {
    Path cache = directory.resolve("build cache");
    Fixture fixture = fixture().variable(BuildCache.VARIABLE, cache.toString());
    assertThat(examine(fixture).lines()).contains("[ok]      build cache    " + cache + ", empty");
    Files.createDirectories(cache.resolve("std"));
    Files.write(cache.resolve("std/one"), new byte[1500]);
    assertThat(examine(fixture).lines()).contains("[ok]      build cache    " + cache + ", 1.5 kB");
  }

  private static BuildDoctor examine(Fixture fixture) {
    return fixture.packager().doctor();
  }

  private void check(String name, BuildDoctor doctor) {
    TextSnapshot.check(name + ".txt", plain(String.join("\n", doctor.lines()) + "\n"));
    assertThat(errors(json(doctor))).isEmpty();
    assertThat(errors(json(doctor).replace("\"ok\"", "\"okay\""))).isNotEmpty();
    assertThat(errors(json(doctor).replace("\"missing\"", "\"absent\""))).isNotEmpty();
  }

  private static List<String> errors(String json) {
    return JsonSchemas.undescribed("build-doctor", Json.tree(json));
  }

  private static String json(BuildDoctor doctor) {
    return new String(Json.indented(doctor), StandardCharsets.UTF_8);
  }

  /** Replaces versions and paths, because the tests run on several JDKs and in any directory. */
  private String plain(String text) {
    String jdk = System.getProperty("java.version") + " " + System.getProperty("java.vendor");
    return text.replace(jdk, "<version> <vendor>").replace(bin.directory().toString(), "<bin>");
  }
}
