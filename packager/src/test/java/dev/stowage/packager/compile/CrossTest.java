package dev.stowage.packager.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.platform.Format;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.Plan;
import dev.stowage.packager.record.Result;
import dev.stowage.testing.CCompiler;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Release builds with zig: Go and C in every format, Rust with its standard library for one target.
 */
class CrossTest {
  private static final List<String> GO_EXPORTS = List.of("tiny_product");

  @TempDir Path directory;

  @BeforeEach
  void zig() {
    CCompiler.assumeZig();
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-x86_64", "linux-aarch_64", "osx-aarch_64", "windows-x86_64"})
  void buildsGoAndItsShim(String classifier) throws Exception {
    Fixture fixture = Fixture.in(directory).goOnly().targets(classifier);
    Target target = Targets.byClassifier(classifier);
    assertThat(fixture.build())
        .hasSize(2)
        .allMatch(
            line ->
                line.contains(
                    ", " + target.libc().title() + " " + target.minimumVersion() + ", sha256 "));
    Binary core = check(fixture, target, "go", Role.CORE);
    Binary shim = check(fixture, target, "go", Role.SHIM);
    assertThat(core.exported()).containsExactlyElementsOf(GO_EXPORTS);
    assertThat(shim.exported()).containsExactly("JNI_OnLoad", "JNI_OnUnload");
    assertThat(shim.needed()).anyMatch(name -> name.endsWith(core.name()));
    assertThat(fixture.build()).allMatch(line -> line.contains("  up to date, "));
  }

  /**
   * A target for which every rustc has a standard library; the main build makes std for the others.
   */
  @Test
  void buildsRustAsARelease() throws Exception {
    Fixture fixture = Fixture.in(directory).rustOnly().targets("linux-x86_64");
    fixture.build();
    Target target = Targets.byClassifier("linux-x86_64");
    Binary core = check(fixture, target, "rust", Role.CORE);
    assertThat(core.needed()).contains("libc.so.6");
    Plan plan =
        Json.read(fixture.output().plan(target.classifier(), "rust", Role.CORE), Plan.class);
    assertThat(plan.toolchain()).containsKeys("cargo", "cargo-zigbuild", "cc", "rustc");
    assertThat(plan.flags())
        .contains("x86_64-unknown-linux-gnu.2.17", "profile.release.debug='line-tables-only'");
  }

  private static Binary check(Fixture fixture, Target target, String binding, Role role)
      throws Exception {
    String classifier = target.classifier();
    Result.Library result =
        Json.read(fixture.output().result(classifier, binding, role), Result.class).library();
    Plan plan = Json.read(fixture.output().plan(classifier, binding, role), Plan.class);
    assertThat(plan.release()).isTrue();
    assertThat(plan.minimumVersion()).isEqualTo(target.minimumVersion());
    Path file = fixture.output().lib(classifier).resolve(result.file());
    Binary binary = Binary.read(file);
    assertThat(binary.format()).isEqualTo(target.format());
    assertThat(binary.machine()).isEqualTo(target.arch());
    assertThat(binary.name()).endsWith(result.file());
    assertThat(fixture.text(file)).doesNotContain(fixture.file("").toString());
    if (target.format() == Format.MACH_O) {
      assertThat(binary.minimumOs()).contains(target.minimumVersion());
    }
    return binary;
  }

  /** Targets are built at the same time, so either can fail first; the other one is ended. */
  @Test
  void aFailureNamesItsTarget() throws Exception {
    List<String> targets = List.of("linux-x86_64", "windows-x86_64");
    Fixture fixture = Fixture.in(directory).goOnly().targets(targets.toArray(String[]::new));
    fixture.edit("go/export/main.go", "left * right", "left * rihgt");
    assertThat(WrongInputTest.refused(fixture::build, "STOW-140"))
        .hasMessageMatching(
            "(?s)STOW-140 (linux|windows)-x86_64: go failed on the core of binding 'go'\n.*rihgt.*")
        .extracting(PackagerException::kind)
        .isEqualTo(PackagerException.Kind.BUILD);
    for (String target : targets) {
      assertThat(fixture.output().target(target).resolve("result")).doesNotExist();
    }
  }

  /**
   * A library and its import library belong together: if the latter is missing, it is built again.
   */
  @Test
  void aLostImportLibraryIsMadeAgain() throws Exception {
    Fixture fixture = Fixture.in(directory).goOnly().targets("windows-x86_64");
    fixture.build();
    Path implib = fixture.output().implib("windows-x86_64");
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(implib)) {
      found.forEach(files::add);
    }
    assertThat(files).hasSize(1);
    Files.delete(files.get(0));
    assertThat(fixture.build().get(0)).contains("  built in ");
    assertThat(files.get(0)).exists();
  }
}
