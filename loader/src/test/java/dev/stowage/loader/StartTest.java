package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.child.SampleLibrary;
import dev.stowage.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cold and warm starts without any problem. */
class StartTest {
  @TempDir static Path shared;
  @TempDir Path home;
  private static SampleLibrary fake;

  @BeforeAll
  static void build() throws Exception {
    fake = SampleLibrary.create(shared.resolve("fake"));
  }

  private ChildJvm child() {
    return fake.child(home);
  }

  private static List<String> names(Path directory) throws Exception {
    try (Stream<Path> list = Files.list(directory)) {
      return list.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void coldStartPublishesTheBindingWholeAndLeavesNothingElse() throws Exception {
    assertThat(child().run().onlyResult()).isEqualTo("1 1");
    Path base = home.resolve(".cache/stowage");
    assertThat(names(base)).containsExactly(fake.content("rust"));
    assertThat(names(base.resolve(fake.content("rust")))).hasSize(2);
    assertThat(Files.getAttribute(base, "unix:mode")).isEqualTo(0040700);
    assertThat(Files.getAttribute(base.resolve(fake.content("rust")), "unix:mode"))
        .isEqualTo(0040500);
  }

  @Test
  void warmStartNeedsNoClassifierJar() throws Exception {
    child().run().onlyResult();
    assertThat(fake.apiChild(home).run().onlyResult()).isEqualTo("1 1");
  }

  @Test
  void variablesCountOnAWarmStartAsWell() throws Exception {
    child().run().onlyResult();
    String missing = home.resolve("missing").toString();
    assertThat(child().environment("STOWAGE_LIBRARY_PATH", missing).run().expectFailed("STOW-15"))
        .contains(missing);
    String cache = home.resolve("other").toString();
    // The environment can have any size; this one is longer than the loader's first read.
    ChildJvm large = child().environment("STOWAGE_CACHE", cache);
    for (int i = 0; i < 10; i++) {
      large.environment("A" + i, "x".repeat(10_000));
    }
    assertThat(large.run().onlyResult()).isEqualTo("1 1");
    assertThat(home.resolve("other/stowage")).isDirectory();
    // If another program hosts the JVM, the loader reads the environment from the JVM, not from the
    // process.
    String xdg = home.resolve("xdg").toString();
    ChildJvm hosted =
        child().option("-Dsun.java.launcher=generic").environment("XDG_CACHE_HOME", xdg);
    assertThat(hosted.run().onlyResult()).isEqualTo("1 1");
    assertThat(home.resolve("xdg/stowage")).isDirectory();
  }

  @Test
  void anEmptyOverrideIsNone() throws Exception {
    for (int start = 0; start < 2; start++) {
      ChildJvm child = child().environment("STOWAGE_LIBRARY_PATH", "");
      child.option("-Dstowage.library.path=", "-Dstowage.fake.path=");
      assertThat(child.run().onlyResult()).isEqualTo("1 1");
    }
  }

  @Test
  void aRelativeCacheIsNamedAndSkipped() throws Exception {
    ChildJvm child = child().option("-Dstowage.cache=some/where", "-Dstowage.debug=true");
    assertThat(child.run().output())
        .contains("4 cache: some/where skipped: not absolute", "RESULT ok use 1 1");
    assertThat(Path.of("some")).doesNotExist();
    ChildJvm doctor = SampleLibrary.childWith(home).option("-Dstowage.cache=some/where");
    assertThat(doctor.main("dev.stowage.loader.LoaderMain", "doctor").run().output())
        .contains("4 cache: some/where skipped: not absolute");
  }

  @Test
  void debugNamesEveryStep() throws Exception {
    String cold = child().option("-Dstowage.debug=true").run().output();
    for (int step = 1; step <= 8; step++) {
      assertThat(cold).contains("stowage: " + step + " ");
    }
    assertThat(child().option("-Dstowage.debug=true").run().output())
        .contains("stowage: 5 files: in the cache");
  }
}
