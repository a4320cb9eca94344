package dev.stowage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One child JVM: native code may end it, and both other loaders keep static state. Its caches are
 * below a directory of the test.
 */
final class Jvm {
  private static final int LIMIT_SECONDS = 300;

  private final Path home;
  private final List<Path> classPath = new ArrayList<>();
  private final List<String> options = new ArrayList<>();

  Jvm(Path home) {
    this.home = home;
    with(Artifacts.tests());
    // The places that our loader tries, and where the other two write.
    option("-Duser.home=" + home);
    option("-Djava.io.tmpdir=" + home);
  }

  Jvm with(Path... entries) {
    classPath.addAll(Arrays.asList(entries));
    return this;
  }

  Jvm with(List<String> artifacts) {
    classPath.addAll(Artifacts.jars(artifacts));
    return this;
  }

  Jvm with(String artifact) {
    return with(Artifacts.jar(artifact));
  }

  Jvm option(String option) {
    options.add(option);
    return this;
  }

  /** Runs a main class; exit code and output together. */
  Result run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.add(main.getName());
    command.addAll(Arrays.asList(arguments));
    Path log = home.resolve("output.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String output = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(ended).as("ended within %s s%n%s", LIMIT_SECONDS, output).isTrue();
    return new Result(process.waitFor(), output);
  }

  /** Leaves our loader no place but a private directory that goes away after loading. */
  Jvm withoutCache() throws IOException {
    Path file = Files.createFile(home.resolve("file"));
    Files.createFile(home.resolve("stowage-" + System.getProperty("user.name")));
    return option("-Duser.home=" + file);
  }

  /** Where our loader keeps what it extracts in such a child. */
  static Path cache(Path home) {
    return home.resolve(".cache/stowage");
  }

  /** How a child ended. */
  record Result(int code, String output) {
    /** The output of a child that ended well and was told nothing by {@code -Xcheck:jni}. */
    String good() {
      assertThat(code).as(output).isZero();
      assertThat(output).doesNotContain("WARNING in native method", "FATAL ERROR");
      return output;
    }

    /** The output of a child that ended with an exception, not with a crash. */
    String failed() {
      assertThat(code).as(output).isEqualTo(1);
      return output;
    }
  }
}
