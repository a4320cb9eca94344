package dev.stowage.packager.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Json;
import dev.stowage.packager.record.Result;
import dev.stowage.testing.CCompiler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same project in two directories gives the same plans and the same bytes. */
class ReproducibleTest {
  @TempDir Path directory;

  @Test
  void neitherPlanNorLibraryKnowsItsDirectory() throws Exception {
    Fixture one = Fixture.in(Files.createDirectories(directory.resolve("one")));
    Fixture two = Fixture.in(Files.createDirectories(directory.resolve("a longer way/two")));
    one.build();
    two.build();
    for (String binding : List.of("rust", "go")) {
      for (Role role : List.of(Role.CORE, Role.SHIM)) {
        assertThat(two.plan(binding, role)).isEqualTo(one.plan(binding, role));
        Path library = two.library(binding, role);
        assertThat(library).hasSameBinaryContentAs(one.library(binding, role));
        assertThat(one.text(library)).doesNotContain(machine());
      }
    }
  }

  @Test
  void releaseBuildsDoNotEither() throws Exception {
    CCompiler.assumeZig();
    String[] classifiers = {"linux-aarch_64", "osx-aarch_64", "windows-x86_64"};
    Fixture one = Fixture.in(Files.createDirectories(directory.resolve("one"))).goOnly();
    Fixture two = Fixture.in(Files.createDirectories(directory.resolve("a longer way"))).goOnly();
    one.targets(classifiers).build();
    two.targets(classifiers).build();
    for (String classifier : classifiers) {
      for (Role role : List.of(Role.CORE, Role.SHIM)) {
        Path result = one.output().result(classifier, "go", role);
        assertThat(two.output().plan(classifier, "go", role))
            .hasSameBinaryContentAs(one.output().plan(classifier, "go", role));
        String file = Json.read(result, Result.class).library().file();
        assertThat(two.output().lib(classifier).resolve(file))
            .hasSameBinaryContentAs(one.output().lib(classifier).resolve(file));
      }
    }
  }

  @Test
  void theUsersOwnFlagsLetNoPathIn() throws Exception {
    Fixture fixture = Fixture.in(directory).rustOnly().variable("RUSTFLAGS", "-Dwarnings");
    fixture.build();
    Path core = fixture.library("rust", Role.CORE);
    assertThat(fixture.text(core)).doesNotContain(machine()).contains("src/add.rs");
    fixture.variable("CARGO_ENCODED_RUSTFLAGS", "-Copt-level=2\u001f-Cdebuginfo=1");
    fixture.build();
    assertThat(fixture.library("rust", Role.CORE)).isNotEqualTo(core);
    assertThat(fixture.text(fixture.library("rust", Role.CORE))).doesNotContain(machine());
  }

  /** Texts that identify this machine: the places of sources and crates, the name of the user. */
  private List<String> machine() {
    return List.of(
        directory.toString(),
        System.getProperty("user.home") + "/",
        System.getProperty("user.dir"));
  }
}
