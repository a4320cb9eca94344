package dev.stowage.packager.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.fixture.Fixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds the fixture project with the real cargo, go and C compiler. */
class BuildTest {
  private static final String LINE =
      "build    linux-x86_64 +lib\\S+  built in \\d+\\.\\d s, .*B, host, sha256 [0-9a-f]{12}";
  private static final Instant TIME = Instant.parse("2026-11-21T00:00:00Z");

  @TempDir Path directory;

  @Test
  void buildsEveryBindingAndThenNothing() throws Exception {
    Fixture fixture = Fixture.in(directory);
    List<String> first = fixture.build();
    assertThat(first).hasSize(4).allMatch(l -> l.matches(LINE));
    assertThat(fixture.lines().get(fixture.lines().size() - 1))
        .matches(".* 4 of 4 libraries built in .* s \\(overhead \\d+\\.\\d%\\)");
    List<String> second = fixture.build();
    assertThat(second).hasSize(4).allMatch(line -> line.contains("  up to date, "));
    assertThat(fixture.lines().get(fixture.lines().size() - 1))
        .matches("build    linux-x86_64 +4 libraries up to date, checked in \\d+\\.\\d s");
    assertThat(fixture.warnings()).isEmpty();
  }

  @Test
  void verifiesThenPinsAndPacksWithoutSayingItTwice() throws Exception {
    Fixture fixture = Fixture.in(directory).licensed();
    fixture.build();
    fixture.lines().clear();
    fixture.packager().verify(Map.of());
    assertThat(fixture.lines()).hasSize(5).allMatch(line -> line.startsWith("verify "));
    assertThat(fixture.lines().get(4)).contains("4 libraries verified in", ": 0 errors, ");
    int warned = fixture.warnings().size();
    fixture.lines().clear();
    fixture.packager().pins(Map.of());
    fixture.packager().jars(TIME);
    assertThat(fixture.lines()).hasSize(2).allMatch(line -> line.startsWith("package "));
    assertThat(fixture.lines().get(0)).endsWith("StowagePins.class  pins 4 libraries");
    assertThat(fixture.warnings()).hasSize(warned);
  }

  /**
   * Other users must be able to read generated files: in a shared cache, an image, a published JAR.
   */
  @Test
  void everyFileHasTheModeOfTheUmask() throws Exception {
    Fixture fixture = Fixture.in(directory).rustOnly().licensed();
    fixture.build();
    fixture.packager().pins(Map.of());
    fixture.packager().jars(TIME);
    Path plain = Files.createFile(directory.resolve("plain"));
    String usual = PosixFilePermissions.toString(Files.getPosixFilePermissions(plain));
    try (Stream<Path> files = Files.walk(directory.resolve("java/target"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        assertThat(mode.replace('x', '-')).as(file.toString()).isEqualTo(usual);
      }
    }
  }

  /** If two projects shared a target directory, one of them would get the crates of the other. */
  @Test
  void cargoWorksInADirectoryOfThisBuildAlone() throws Exception {
    Path elsewhere = directory.resolve("elsewhere");
    Fixture fixture = Fixture.in(directory).rustOnly();
    fixture.variable("CARGO_TARGET_DIR", elsewhere.toString()).build();
    assertThat(fixture.file("rust/target")).doesNotExist();
    assertThat(elsewhere).doesNotExist();
    try (Stream<Path> work = Files.list(fixture.output().work())) {
      assertThat(work.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("lock", "tools.json", "jni", "cargo");
    }
  }

  @Test
  void rustcMissesTheSdkInSilence() {
    String warnings =
        """
        warning: invoking `"xcrun" "--sdk" "macosx" "--show-sdk-path"` failed
          |
          = note: the SDK is needed by the linker

        warning: unused variable
          |
        """;
    assertThat(CargoStep.withoutSdkNote(warnings))
        .containsExactly("warning: unused variable", "  |");
  }
}
