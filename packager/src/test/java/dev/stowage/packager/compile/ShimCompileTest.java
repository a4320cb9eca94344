package dev.stowage.packager.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Input;
import dev.stowage.testing.CCompiler;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds with C sources of an author: which are compiled, and which are refused. */
class ShimCompileTest {
  @TempDir Path directory;
  private Fixture fixture;

  @BeforeEach
  void copy() throws Exception {
    fixture = Fixture.in(directory).goOnly();
  }

  @Test
  void warningsAreShownInALocalBuildAndErrorsInARelease() throws Exception {
    fixture.edit("java/c/go_native.c", "return tiny", "int unused;\n  return tiny");
    assertThat(fixture.build()).hasSize(2);
    assertThat(fixture.warnings()).hasSize(1);
    assertThat(fixture.warnings().get(0))
        .startsWith(
            "linux-x86_64: warnings in the shim of binding 'go', errors in a release build:\n")
        .contains("unused variable");
    CCompiler.assumeZig();
    fixture.targets("linux-x86_64");
    assertThat(refused(fixture::build, "STOW-140"))
        .hasMessageContaining("failed on the shim of binding 'go'")
        .hasMessageContaining("unused variable");
  }

  @Test
  void anIntForAnObjectIsAnErrorInALocalBuild() throws Exception {
    fixture.edit("java/c/go_native.c", "return tiny", "jobject wrong = 1;\n  return !wrong + tiny");
    assertThat(refused(fixture::build, "STOW-140")).hasMessageContaining("int-conversion");
  }

  @Test
  void bothGeneratedHeadersAreInputs() {
    fixture.build();
    assertThat(fixture.plan("go", Role.SHIM).inputs())
        .extracting(Input::path)
        .contains("include/stowage_contract.h", "include/stowage_jni.h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stowage_contract.h", "stowage_jni.h"})
  void aMissingGeneratedHeaderIsNamed(String name) throws Exception {
    fixture.packager().jni();
    Path header = fixture.output().include("go").resolve(name);
    Files.delete(header);
    assertThat(refused(() -> fixture.packager().build(), "STOW-313"))
        .hasMessageContaining("no generated header of binding 'go': " + header);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shim.cpp", "shim.cc", "shim.cxx", "shim.C", "shim.mm", "shim.rs", "c"})
  void aShimThatIsNotInCIsRefused(String name) throws Exception {
    Path file = Files.writeString(fixture.file("java/c/" + name), "");
    fixture.edit("java/stowage.toml", "[\"go_native.c\"]", "[\"" + name + "\"]");
    assertThat(file).exists();
    assertThat(refused(fixture::build, "STOW-314"))
        .hasMessage(
            "STOW-314 shim file '%s' of binding 'go' is not a C source (*.c)\n".formatted(name)
                + "  found: shims are C11: the generated headers are not for C++ or other languages\n"
                + "  fix:   write the shim in C, and put the rest behind the C header of the core;"
                + " correct binding.go.shim.files in "
                + fixture.file("java/stowage.toml"));
  }

  /** The texts of compilers differ, and a test with several cases has several texts. */
  private static PackagerException refused(ThrowingCallable call, String id) {
    PackagerException error = catchThrowableOfType(PackagerException.class, call);
    assertThat(error).isNotNull();
    assertThat(error.id()).as(error.getMessage()).isEqualTo(id);
    return error;
  }
}
