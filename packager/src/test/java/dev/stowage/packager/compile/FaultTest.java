package dev.stowage.packager.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.fixture.Fixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that are killed or meet each other. */
class FaultTest {
  @TempDir Path directory;

  @Test
  void aKilledBuildLeavesNothingThatLooksFinished() throws Exception {
    Fixture fixture = Fixture.in(directory).goOnly();
    fixture.packager().jni();
    Process child = commandLine(fixture);
    // The plan stands and no result does: the compiler is at work.
    Path plans = fixture.output().target(Fixture.HOST).resolve("plan");
    Path lib = fixture.output().lib(Fixture.HOST);
    while (!Files.isDirectory(plans) || !Files.isDirectory(lib)) {
      assertThat(child.isAlive()).isTrue();
      Thread.sleep(5);
    }
    child.destroyForcibly().waitFor();
    assertThat(child.exitValue()).isEqualTo(137);
    assertThat(fixture.libraries()).isEmpty();
    assertThat(fixture.build()).hasSize(2).allMatch(line -> line.contains(" built in "));
    try (Stream<Path> left = Files.list(fixture.output().work())) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("step-"));
    }
  }

  @Test
  void twoProcessesTakeTurns() throws Exception {
    Fixture fixture = Fixture.in(directory).rustOnly();
    fixture.packager().jni();
    Process child = commandLine(fixture);
    fixture.build();
    assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
    String other = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.exitValue()).as(other).isZero();
    assertThat(fixture.lines() + other).containsOnlyOnce("2 of 2 libraries built");
    assertThat(fixture.libraries()).hasSize(2);
  }

  @Test
  void twoThreadsTakeTurns() throws Exception {
    Fixture fixture = Fixture.in(directory).rustOnly();
    fixture.packager().jni();
    CompletableFuture<List<Built>> other = CompletableFuture.supplyAsync(() -> build(fixture));
    List<Built> mine = build(fixture);
    List<Built> theirs = other.get(120, TimeUnit.SECONDS);
    assertThat(mine)
        .extracting(Built::result)
        .isEqualTo(theirs.stream().map(Built::result).toList());
    assertThat(mine.get(0).upToDate()).isNotEqualTo(theirs.get(0).upToDate());
  }

  private static List<Built> build(Fixture fixture) {
    return fixture.packager().build();
  }

  private static Process commandLine(Fixture fixture) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.stowage.packager.cli.Main",
            "build",
            "--offline",
            "--project-version=0.0.1",
            "--project=" + fixture.file("java/stowage.toml"))
        .redirectErrorStream(true)
        .start();
  }
}
