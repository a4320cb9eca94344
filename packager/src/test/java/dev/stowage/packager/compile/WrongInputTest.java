package dev.stowage.packager.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.fixture.RealFailures;
import dev.stowage.packager.fixture.ToolScripts;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.testing.ToolPath;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mistake gives one error with an id, the cause and the fix. */
class WrongInputTest {
  @TempDir Path directory;
  private Fixture fixture;

  @BeforeEach
  void copy() throws Exception {
    fixture = Fixture.in(directory);
  }

  static PackagerException refused(ThrowingCallable call, String id) {
    PackagerException e = catchThrowableOfType(PackagerException.class, call);
    assertThat(e).isNotNull();
    assertThat(e.id()).as(e.getMessage()).isEqualTo(id);
    // The words of a compiler, and the versions of two installations, are the machine's.
    if (!id.equals("STOW-140") && !id.equals("STOW-133")) {
      RealFailures.check(e);
    }
    return e;
  }

  @Test
  void aMissingCargoLockIsRefused() throws Exception {
    Files.delete(fixture.file("rust/Cargo.lock"));
    assertThat(refused(fixture::build, "STOW-111"))
        .hasMessageContaining("cargo generate-lockfile")
        .extracting(PackagerException::kind)
        .isEqualTo(PackagerException.Kind.USAGE);
  }

  @Test
  void panicAbortInTheProfileIsRefused() throws Exception {
    fixture.edit("rust/Cargo.toml", "\"unwind\"", "\"abort\"");
    assertThat(refused(fixture::build, "STOW-112"))
        .hasMessageContaining("panic = \"abort\"")
        .hasMessageContaining("[profile.release]");
  }

  @Test
  void panicAbortByVariableIsRefused() {
    fixture.variable("CARGO_PROFILE_RELEASE_PANIC", "abort");
    assertThat(refused(fixture::build, "STOW-112"))
        .hasMessageContaining("CARGO_PROFILE_RELEASE_PANIC");
  }

  @Test
  void aMisspeltCrateIsNamedWithTheRightOne() throws Exception {
    fixture.edit("java/stowage.toml", "\"tiny-rust\"", "\"tiny_rust\"");
    assertThat(refused(fixture::build, "STOW-110")).hasMessageContaining("to \"tiny-rust\"");
  }

  @Test
  void aMissingAbiHeaderIsRefused() throws Exception {
    Files.delete(fixture.file("rust/include/tiny_rust.h"));
    assertThat(refused(fixture::build, "STOW-113"))
        .hasMessageContaining("binding.rust.core.header");
  }

  @Test
  void aMissingShimFileIsRefused() throws Exception {
    fixture.edit("java/stowage.toml", "[\"rust_native.c\"]", "[\"rust_nativ.c\"]");
    assertThat(refused(fixture::build, "STOW-114")).hasMessageContaining("'rust_nativ.c'");
  }

  @Test
  void aMissingContractHeaderIsRefused() {
    assertThat(refused(() -> fixture.packager().build(), "STOW-313"))
        .hasMessageContaining("stowage-packager jni");
    assertThat(fixture.lines()).as("nothing is compiled before").isEmpty();
  }

  @Test
  void aVersionThatNoFileNameTakes() {
    for (String version : new String[] {"", "1 0", "../1", "1/0", "$(id)", "-1"}) {
      fixture.version(version);
      refused(fixture::build, "STOW-128");
    }
  }

  @Test
  void theSecondBindingsToolIsMissedBeforeTheFirstBindingIsBuilt() {
    fixture.variable("GO", "no-such-go");
    assertThat(refused(fixture::build, "STOW-120"))
        .hasMessageContaining("go not found")
        .hasMessageContaining("install Go 1.21 or newer from https://go.dev/dl");
    assertThat(fixture.lines()).isEmpty();
  }

  @Test
  void aCompileErrorInRustNamesThePlace() throws Exception {
    fixture.edit("rust/src/add.rs", "left.checked_add(right)", "left.checked_ad(right)");
    assertThat(refused(fixture::build, "STOW-140"))
        .hasMessageContaining("linux-x86_64: cargo failed on the core of binding 'rust'")
        .hasMessageContaining("src/add.rs:2");
  }

  @Test
  void aCompileErrorInGoNamesThePlace() throws Exception {
    fixture.goOnly().edit("go/export/main.go", "left * right", "left * rihgt");
    assertThat(refused(fixture::build, "STOW-140"))
        .hasMessageContaining("go failed on the core of binding 'go'")
        .hasMessageContaining("undefined: rihgt");
  }

  @Test
  void aCompileErrorInCNamesThePlace() throws Exception {
    fixture.rustOnly().edit("java/c/rust_native.c", "return tiny_add", "return tiny_ad");
    assertThat(refused(fixture::build, "STOW-140"))
        .hasMessageContaining("failed on the shim of binding 'rust'")
        .hasMessageContaining("rust_native.c:8")
        .extracting(PackagerException::kind)
        .isEqualTo(PackagerException.Kind.BUILD);
  }

  @Test
  void aFunctionTheCoreDoesNotHaveIsALinkError() throws Exception {
    fixture
        .rustOnly()
        .edit("java/c/rust_native.c", "return tiny_add", "return tiny_sub")
        .edit("rust/include/tiny_rust.h", "tiny_add", "tiny_sub");
    assertThat(refused(fixture::build, "STOW-140"))
        .hasMessageContaining("undefined reference to `tiny_sub'");
  }

  @Test
  void aMissingCargoIsNamed() throws Exception {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("cc"), Path.of("/usr/bin/cc"));
    fixture.variable("PATH", bin.toString());
    fixture.edit("rust/Cargo.toml", "edition =", "rust-version = \"1.95\"\nedition =");
    assertThat(refused(fixture::build, "STOW-120"))
        .hasMessageContaining("cargo not found (command 'cargo')")
        .hasMessageContaining("fix:   install Rust 1.95 or newer with rustup: https://rustup.rs")
        .hasMessageContaining("tried: PATH=" + bin)
        .extracting(e -> e.kind().exitCode())
        .isEqualTo(3);
  }

  /** Cargo would use another rustc than the one in the plan. */
  @Test
  void cargoAndRustcOfTwoInstallations() throws Exception {
    ToolScripts bin = new ToolScripts(directory.resolve("bin")).tool("cargo", "echo 'cargo 1.0.0'");
    String path = bin.directory() + ":" + ToolPath.environment().get("PATH");
    fixture.rustOnly().variable("PATH", path);
    assertThat(refused(fixture::build, "STOW-133"))
        .hasMessageContaining(bin.directory() + "/cargo is 1.0.0, ");
  }

  @Test
  void aMissingCompilerIsNamedByItsVariable() {
    fixture.variable("CC", "no-such-cc -m64");
    assertThat(refused(fixture::build, "STOW-120"))
        .hasMessageContaining("C compiler not found (command 'no-such-cc')");
  }

  /** Reported before the Rust core is compiled, which takes long. */
  @Test
  void aTooOldGoIsNamed() throws Exception {
    ToolScripts bin = new ToolScripts(directory.resolve("bin"));
    bin.tool("go", "[ \"$1\" = version ] && echo 'go version go1.20.14 linux/amd64'");
    fixture.variable("GO", bin.directory().resolve("go").toString());
    assertThat(refused(fixture::build, "STOW-123"))
        .hasMessageContaining("needs Go 1.21\n")
        .hasMessageContaining("found: go version go1.20.14 linux/amd64\n")
        .hasMessageContaining("fix:   install Go 1.21 or newer from https://go.dev/dl");
    assertThat(fixture.lines()).isEmpty();
  }

  @Test
  void aMisspeltTargetIsNamedWithTheRightOne() {
    fixture.targets("linux-x86-64");
    assertThat(refused(fixture::build, "STOW-116"))
        .hasMessageContaining("use --targets linux-x86_64");
  }
}
