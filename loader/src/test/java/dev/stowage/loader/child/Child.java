package dev.stowage.loader.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One run of a program in a JVM of its own. Only a RESULT line with exit code 0, or an ERROR line
 * with exit code 3, counts as an outcome; everything else (a crash, a hang, silence) fails the test
 * with the whole output.
 */
public final class Child {
  private final List<String> wrapper = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final List<Path> classPath = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private final List<String> arguments = new ArrayList<>();
  private final Path home;
  private Path cache;
  private String mainClass = "fake.api.App";
  private String java = System.getProperty("java.home");

  /**
   * A JVM for a fake library with its own home directory; nothing of the real user's is touched.
   */
  public Child(Path home, Path... jars) {
    this.home = home;
    classPath.add(Path.of("target/classes"));
    classPath.addAll(Arrays.asList(jars));
  }

  public static Child of(Fake fake, Path home) {
    return new Child(home, fake.api(), fake.classifier());
  }

  public Child cache(Path directory) {
    cache = directory;
    return this;
  }

  public Child environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public Child option(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  public Child main(String name, String... more) {
    mainClass = name;
    arguments.addAll(List.of(more));
    return this;
  }

  public Child java(String javaHome) {
    java = javaHome;
    return this;
  }

  public Child loader(Path jar) {
    classPath.set(0, jar);
    return this;
  }

  /** Runs the JVM under another program (setpriv, unshare). */
  public Child under(String... command) {
    wrapper.addAll(List.of(command));
    return this;
  }

  public Process start(Path log) throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(java + "/bin/java");
    command.addAll(
        List.of("-Duser.home=" + home, "-Djava.io.tmpdir=" + home.resolve("tmp"), "-Xshare:auto"));
    command.add("-XX:ErrorFile=" + home.resolve("crash.log"));
    if (cache != null) {
      command.add("-Dstowage.cache=" + cache);
    }
    command.addAll(options);
    command.add("-cp");
    command.add(
        classPath.stream()
            .map(p -> p.toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(mainClass);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(k -> k.startsWith("STOWAGE") || k.startsWith("XDG") || k.contains("JAVA"));
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  public Outcome run() throws Exception {
    Path log = Files.createTempFile("child", ".log");
    Process process = start(log);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("no end within 60 s:\n" + Files.readString(log));
    }
    String output = Files.readString(log);
    Files.delete(log);
    return new Outcome(process.exitValue(), output);
  }

  /** What a child said. */
  public record Outcome(int exit, String output) {
    /** The text of the RESULT line. */
    public String result() {
      assertThat(exit).as(output).isZero();
      return line("RESULT ");
    }

    /** Asserts that the child failed with this id and returns its output. */
    public String failedWith(String id) {
      assertThat(exit).as(output).isEqualTo(3);
      assertThat(line("ERROR ")).as(output).isEqualTo(id);
      return output;
    }

    public long nanos() {
      return Long.parseLong(line("NANOS "));
    }

    private String line(String key) {
      List<String> lines = output.lines().filter(l -> l.startsWith(key)).toList();
      assertThat(lines).as(output).hasSize(1);
      return lines.get(0).substring(key.length());
    }
  }
}
