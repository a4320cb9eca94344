package dev.stowage.packager.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.message.PackagerException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectFileTest {
  @TempDir Path directory;
  private Fixture fixture;

  @BeforeEach
  void copy() throws Exception {
    fixture = Fixture.in(directory);
  }

  private Project read() {
    return ProjectFile.read(fixture.file("java/stowage.toml"), OptionStyle.MAVEN);
  }

  @Test
  void readsEveryKey() {
    Project project = read();
    assertThat(project.library()).isEqualTo("tiny");
    assertThat(project.artifact()).isEqualTo(new Coordinates("org.test", "tiny-natives"));
    assertThat(project.licenses()).isNull();
    assertThat(project.bindings()).extracting(Binding::name).containsExactly("rust", "go");
    Core core = project.bindings().get(0).core();
    assertThat(core.language()).isEqualTo(Language.RUST);
    assertThat(core.directory()).isEqualTo(directory.resolve("rust"));
    assertThat(project.bindings().get(1).shim().files()).containsExactly("go_native.c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "library =|libary =|STOW-103|write 'library', or remove it",
        "crate =|crat =|STOW-103|write 'binding.rust.core.crate', or remove it",
        "library = \"tiny\"|#|STOW-104|add library = \"wasm\"",
        "library = \"tiny\"|library = 7|STOW-105|'library' must be a text",
        "library = \"tiny\"|library = \"Tiny-1\"|STOW-106|'Tiny-1'",
        "cargo = \"../rust\",|cargo = \"../rust\", go = \"../go\",|STOW-107|both",
        "library = \"tiny\"|library = tiny|STOW-102|stowage.toml:1: not valid TOML",
        "fixture.FixtureRust|FixtureRust|STOW-108|dev.stowage.packager.FixtureRust",
        "artifact =|#|STOW-104|add artifact = \"org.example:wasm-natives\"",
        "artifact =|artefact =|STOW-103|write 'artifact', or remove it",
        "test:tiny-natives|tiny-natives|STOW-129|'artifact' must be the Maven coordinates",
        "test:tiny-natives|test:tiny-natives:1.0|STOW-129|'org.test:tiny-natives:1.0'",
        "test:tiny-natives|test:../tiny|STOW-129|write artifact = \"org.example:wasm-natives\"",
        "test:tiny-natives|test:tiny natives|STOW-129|'org.test:tiny natives'",
        "\"org.test:tiny-natives\"|7|STOW-105|'artifact' must be a text",
        "[\"go_native.c\"]|[]|STOW-105|a list such as",
      })
  void namesTheMistake(String from, String to, String id, String text) throws Exception {
    fixture.edit("java/stowage.toml", from, to);
    PackagerException e = catchThrowableOfType(PackagerException.class, this::read);
    assertThat(e).isNotNull().hasMessageContaining(id).hasMessageContaining(text);
    assertThat(e.kind()).isEqualTo(PackagerException.Kind.USAGE);
  }

  @Test
  void aMissingFileIsNamed() {
    PackagerException e =
        catchThrowableOfType(
            PackagerException.class,
            () -> ProjectFile.read(directory.resolve("stowage.toml"), OptionStyle.MAVEN));
    assertThat(e)
        .hasMessageContaining("STOW-101")
        .hasMessageContaining("-Dstowage.projectFile=<file>");
  }
}
