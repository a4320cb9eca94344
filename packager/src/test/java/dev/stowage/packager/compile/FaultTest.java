package dev.stowage.packager.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.fixture.Fixture;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.RunningChild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that are killed, and builds that run at the same time. */
class FaultTest {
  @TempDir Path directory;

  @Test
  void aKilledBuildLeavesNothingThatLooksFinished() throws Exception {
    Fixture fixture = Fixture.in(directory).goOnly();
    fixture.packager().jni();
    RunningChild child = commandLine(fixture);
    // There is a plan but no result: the compiler is running.
    Path plans = fixture.output().target(Fixture.HOST).resolve("plan");
    Path lib = fixture.output().lib(Fixture.HOST);
    while (!Files.isDirectory(plans) || !Files.isDirectory(lib)) {
      assertThat(child.isAlive()).isTrue();
      Thread.sleep(5);
    }
    assertThat(child.kill().exit()).isEqualTo(128 + 9);
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
    RunningChild child = commandLine(fixture);
    fixture.build();
    String other = child.await().expectExit(0).output();
    assertThat(fixture.lines() + other).containsOnlyOnce("2 of 2 libraries built");
    assertThat(fixture.libraries()).hasSize(2);
  }

  @Test
  void twoThreadsTakeTurns() throws Exception {
    Fixture fixture = Fixture.in(directory).rustOnly();
    fixture.packager().jni();
    CompletableFuture<List<CompiledLibrary>> other =
        CompletableFuture.supplyAsync(() -> build(fixture));
    List<CompiledLibrary> mine = build(fixture);
    List<CompiledLibrary> theirs = other.get(120, TimeUnit.SECONDS);
    assertThat(mine)
        .extracting(CompiledLibrary::result)
        .isEqualTo(theirs.stream().map(CompiledLibrary::result).toList());
    assertThat(mine.get(0).upToDate()).isNotEqualTo(theirs.get(0).upToDate());
  }

  private static List<CompiledLibrary> build(Fixture fixture) {
    return fixture.packager().build();
  }

  private static RunningChild commandLine(Fixture fixture) {
    return new ChildJvm("build")
        .ownClassPath()
        .inheritEnvironment()
        .main(
            "dev.stowage.packager.cli.PackagerMain",
            "build",
            "--offline",
            "--project-version=0.0.1")
        .arguments("--project=" + fixture.file("java/stowage.toml"))
        .start();
  }
}
