package dev.stowage.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A child process with its own environment, working directory and time limit. */
public final class ChildProcess {
  private static final Duration USUAL_LIMIT = Duration.ofMinutes(2);

  private final Path directory;
  private final List<String> command = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private Path work;
  private Sandbox sandbox = Sandbox.none();
  private boolean becomesUser;
  private Duration limit = USUAL_LIMIT;

  /**
   * Prepares a child without a command.
   *
   * @param name name of its directory
   */
  ChildProcess(String name) {
    directory = SharedFiles.directory(name);
    work = directory;
    environment.put("PATH", System.getenv("PATH"));
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", directory.toString());
  }

  /** A shell script. */
  public static ChildProcess shell(String script) {
    return program("sh", "-c", script);
  }

  /** Any program. */
  public static ChildProcess program(String... command) {
    String name = Path.of(command[0]).getFileName().toString();
    return new ChildProcess(name).arguments((Object[]) command);
  }

  /** Adds arguments. */
  public ChildProcess arguments(Object... values) {
    Arrays.stream(values).map(Object::toString).forEach(command::add);
    return this;
  }

  /** Runs it in that sandbox. */
  public ChildProcess in(Sandbox value) {
    sandbox = value;
    return this;
  }

  /** Sets an environment variable; by default there are only PATH, LANG and HOME. */
  public ChildProcess environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Passes all environment variables of this process to it. */
  public ChildProcess inheritEnvironment() {
    environment.putAll(System.getenv());
    return this;
  }

  /**
   * Like {@link #inheritEnvironment}, with the tools of ci/setup and ci/setup-cross on the PATH.
   */
  public ChildProcess withTools() {
    environment.putAll(ToolPath.environment());
    return this;
  }

  /** Sets its working directory; the default is a new, empty one. */
  public ChildProcess work(Path value) {
    work = value;
    return this;
  }

  /** Sets the time after which it is killed and counts as failed. */
  public ChildProcess limit(Duration value) {
    limit = value;
    return this;
  }

  /** Returns its own directory, for any files that it needs. */
  Path directory() {
    return directory;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  /** The command must start as root and switches to the sandbox's user itself. */
  void becomesUser() {
    becomesUser = true;
  }

  /** Starts it and returns at once. */
  public RunningChild start() {
    sandbox.own(directory);
    File out = directory.resolve("stdout.txt").toFile();
    File err = directory.resolve("stderr.txt").toFile();
    // A background process inherits ignored signals, and a JVM leaves them ignored.
    List<String> line = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,QUIT"));
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(sandbox.wrap(line, becomesUser));
    builder.directory(work.toFile());
    builder.redirectInput(new File("/dev/null")).redirectOutput(out).redirectError(err);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return new RunningChild(builder.start(), command, directory, limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it to its end. */
  public Outcome run() {
    return start().await();
  }
}
