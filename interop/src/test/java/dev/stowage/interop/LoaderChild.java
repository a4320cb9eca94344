package dev.stowage.interop;

import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A child JVM with JARs of this test's class path. Each test needs its own JVM, because both other
 * loaders have static state. Its caches are below a directory of the test.
 */
final class LoaderChild {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Path home;
  private final ChildJvm jvm;

  LoaderChild(Path home) {
    this.home = home;
    // Home directory and temporary directory: our loader and the other two write there.
    jvm = new ChildJvm("loaders").home(home).tmp(home).limit(LIMIT).classPath(Artifacts.tests());
  }

  LoaderChild with(Path... entries) {
    jvm.classPath(Arrays.asList(entries));
    return this;
  }

  LoaderChild with(List<String> artifacts) {
    jvm.classPath(Artifacts.jars(artifacts));
    return this;
  }

  LoaderChild with(String artifact) {
    return with(Artifacts.jar(artifact));
  }

  LoaderChild option(String option) {
    jvm.option(option);
    return this;
  }

  /** Makes our loader use a private directory, which is deleted after loading. */
  LoaderChild withoutCache() throws IOException {
    Path file = Files.createFile(home.resolve("file"));
    Files.createFile(home.resolve("stowage-" + System.getProperty("user.name")));
    return option("-Duser.home=" + file);
  }

  /** The cache of our loader in such a child. */
  static Path cache(Path home) {
    return home.resolve(".cache/stowage");
  }

  /**
   * Runs a main class that must succeed without a warning of {@code -Xcheck:jni}; returns its
   * output.
   */
  String good(Class<?> main, Object... arguments) {
    Outcome outcome = jvm.main(main, arguments).run();
    return outcome.expectExit(0).expectResults().expectNoJniWarnings().output();
  }

  /** Runs a main class that must end with an exception, not with a crash; returns its output. */
  String failed(Class<?> main, Object... arguments) {
    return jvm.main(main, arguments).run().expectExit(1).output();
  }
}
