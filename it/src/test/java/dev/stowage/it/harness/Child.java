package dev.stowage.it.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A child process with directories, environment and time limit of its own. A JVM that dies must not
 * take the test with it, and a crash must not look like success: see {@link Outcome#expectOk()}.
 */
public final class Child {
  /** Of a JVM under an emulator, unless the test says so. */
  private static final Duration EMULATED = Duration.ofMinutes(10);

  private final Path home;
  private final List<String> command = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private Sandbox sandbox = Sandbox.none();
  private Jdk jdk;
  private Duration limit = Duration.ofMinutes(2);

  private Child(String name) {
    this.home = Lab.directory(name);
    for (String directory : List.of("home", "tmp", "cache", "work")) {
      try {
        Files.createDirectory(home.resolve(directory));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    environment.put("PATH", System.getenv("PATH"));
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", home.resolve("home").toString());
  }

  /** A shell script, for controls. */
  public static Child shell(String script) {
    Child child = new Child("shell");
    child.command.addAll(List.of("sh", "-c", script));
    return child;
  }

  /** Any program. */
  public static Child program(String... command) {
    Child child = new Child("program");
    child.command.addAll(List.of(command));
    return child;
  }

  /** A scenario of this module. */
  public static Child scenario(Jdk jdk, Class<?> main, Jvm jvm) {
    return main(jdk, main.getName(), jvm);
  }

  /** Any main class of the class path. */
  public static Child main(Jdk jdk, String main, Jvm jvm) {
    Child child = new Child(main.substring(main.lastIndexOf('.') + 1));
    child.jdk = jdk;
    child.limit = jdk.isEmulated() ? EMULATED : child.limit;
    child.command.addAll(jvm.launch(jdk, child.home));
    child.command.add(main);
    return child;
  }

  /** {@code java -jar} with the drop-in JAR. */
  public static Child tool(Jdk jdk, Jvm jvm, String... arguments) {
    Child child = new Child("tool");
    child.jdk = jdk;
    child.command.addAll(jvm.launchJar(jdk, child.home, Lab.copy(Reactor.dropIn())));
    child.command.addAll(List.of(arguments));
    return child;
  }

  /** Adds arguments; paths as the JVM spells them. */
  public Child arguments(Object... values) {
    for (Object value : values) {
      boolean path = jdk != null && value instanceof Path;
      command.add(path ? jdk.path((Path) value) : value.toString());
    }
    return this;
  }

  /** Runs it in that sandbox. */
  public Child in(Sandbox value) {
    sandbox = value;
    return this;
  }

  /** Sets a variable of its environment, which otherwise has PATH, LANG and HOME only. */
  public Child environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** After this time it is killed and failed. */
  public Child limit(Duration value) {
    limit = value;
    return this;
  }

  /** Its working directory. */
  public Path work() {
    return home.resolve("work");
  }

  /** Its directory for temporary files. */
  public Path tmp() {
    return home.resolve("tmp");
  }

  /** Its user's home directory, as HOME and as the JVM's user.home. */
  public Path userHome() {
    return home.resolve("home");
  }

  /** Its cache root, unless the {@link Jvm} sets another. */
  public Path cache() {
    return home.resolve("cache");
  }

  /** Starts it and returns at once. */
  public Running start() {
    sandbox.own(home);
    File out = home.resolve("stdout.txt").toFile();
    File err = home.resolve("stderr.txt").toFile();
    // A run in the background hands down ignored signals, which the JVM then leaves ignored.
    List<String> line = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,QUIT"));
    line.addAll(command);
    List<String> wrapped = sandbox.wrap(line, jdk != null && jdk.changesRoot());
    ProcessBuilder builder = new ProcessBuilder(wrapped).directory(work().toFile());
    builder.redirectInput(new File("/dev/null")).redirectOutput(out).redirectError(err);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return new Running(builder.start(), command, home, limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it to its end. */
  public Outcome run() {
    return start().await();
  }
}
