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

/** A child process with an environment, a working directory and a time limit of its own. */
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
   * A child without a command yet.
   *
   * @param name for its directory
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

  /** Sets a variable of its environment, which otherwise has PATH, LANG and HOME only. */
  public ChildProcess environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Hands all variables of this process down. */
  public ChildProcess inheritEnvironment() {
    environment.putAll(System.getenv());
    return this;
  }

  /** The same, with the tools of ci/setup and ci/setup-cross on its PATH. */
  public ChildProcess withTools() {
    environment.putAll(ToolPath.environment());
    return this;
  }

  /** Sets its working directory, which otherwise is an empty one of its own. */
  public ChildProcess work(Path value) {
    work = value;
    return this;
  }

  /** After this time it is killed and failed. */
  public ChildProcess limit(Duration value) {
    limit = value;
    return this;
  }

  /** A directory of its own, for whatever it needs. */
  Path directory() {
    return directory;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  /** The command needs root to start and becomes the sandbox's user by itself. */
  void becomesUser() {
    becomesUser = true;
  }

  /** Starts it and returns at once. */
  public RunningChild start() {
    sandbox.own(directory);
    File out = directory.resolve("stdout.txt").toFile();
    File err = directory.resolve("stderr.txt").toFile();
    // A run in the background hands down ignored signals, which the JVM then leaves ignored.
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
