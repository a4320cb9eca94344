package dev.stowage.packager.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.project.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The changes after which a library is built again, and those after which it is not. */
class UpToDateTest {
  @TempDir Path directory;
  private Fixture fixture;

  @BeforeEach
  void build() throws Exception {
    fixture = Fixture.in(directory).rustOnly();
    states("built", "built");
  }

  private void states(String core, String shim) throws Exception {
    List<String> lines = fixture.build();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains(" libstowage_tiny_rust-").contains("  " + core);
    assertThat(lines.get(1)).contains(" libstowage_tiny_rust_jni-").contains("  " + shim);
    assertThat(fixture.libraries())
        .containsExactlyInAnyOrder(
            fixture.result("rust", Role.CORE).file(), fixture.result("rust", Role.SHIM).file());
  }

  @Test
  void newTimesAloneChangeNothing() throws Exception {
    Files.setLastModifiedTime(fixture.file("rust/src/lib.rs"), FileTime.fromMillis(1));
    Files.setLastModifiedTime(fixture.file("java/c/rust_native.c"), FileTime.fromMillis(1));
    states("up to date", "up to date");
  }

  @Test
  void aCoreSourceRebuildsCoreAndShim() throws Exception {
    fixture.edit("rust/src/add.rs", "sum fits", "the sum fits");
    states("built", "built");
  }

  @Test
  void aShimSourceRebuildsTheShimOnly() throws Exception {
    fixture.edit("java/c/rust_native.c", "return tiny_add", "return /* sum */ tiny_add");
    states("up to date", "built");
  }

  @Test
  void theAbiHeaderIsNoInputOfARustCore() throws Exception {
    fixture.edit("rust/include/tiny_rust.h", "the sum", "their sum");
    states("up to date", "built");
  }

  @Test
  void testsOfTheCrateAreNoInputs() throws Exception {
    Path tests = Files.createDirectories(fixture.file("rust/tests"));
    Files.writeString(tests.resolve("more.rs"), "#[test] fn nothing() {}\n");
    states("up to date", "up to date");
  }

  @Test
  void aLostOrDamagedLibraryIsBuiltAgain() throws Exception {
    Files.delete(fixture.library("rust", Role.CORE));
    states("built", "up to date");
    byte[] bytes = Files.readAllBytes(fixture.library("rust", Role.SHIM));
    bytes[bytes.length / 2] ^= 1;
    Files.write(fixture.library("rust", Role.SHIM), bytes);
    states("up to date", "built");
  }

  @Test
  void aDamagedRecordIsNoRecord() throws Exception {
    Files.writeString(fixture.output().result(Fixture.HOST, "rust", Role.CORE), "{\"format\": 1");
    states("built", "up to date");
  }

  @Test
  void aNewVersionGivesNewNamesAndTheOldFilesGo() throws Exception {
    fixture.version("0.0.2");
    states("built", "built");
    assertThat(fixture.libraries()).allMatch(name -> name.contains("-0.0.2-"));
  }

  @Test
  void aVariableThatChangesTheOutputIsPartOfThePlan() throws Exception {
    String before = fixture.plan("rust", Role.CORE).digest();
    fixture.variable("RUSTFLAGS", "-Copt-level=1");
    states("built", "built");
    assertThat(fixture.plan("rust", Role.CORE).flags()).contains("RUSTFLAGS=-Copt-level=1");
    assertThat(fixture.plan("rust", Role.CORE).digest()).isNotEqualTo(before);
  }

  @Test
  void aFailedCompileKeepsTheOldLibrariesAndSaysNotBuilt() throws Exception {
    List<String> before = fixture.libraries();
    fixture.edit("java/c/rust_native.c", "return tiny_add", "retrun tiny_add");
    WrongInputTest.refused(fixture::build, "STOW-140");
    assertThat(fixture.libraries()).isEqualTo(before);
    assertThat(fixture.output().result(Fixture.HOST, "rust", Role.SHIM)).doesNotExist();
    fixture.edit("java/c/rust_native.c", "retrun tiny_add", "return tiny_add");
    states("up to date", "built");
  }
}
