package dev.stowage.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One JVM of its own. Tests that may crash a JVM run in one: it must not take the test with it, and
 * a crash must not look like success, see {@link Outcome#expectOk()}.
 *
 * <p>Home directory, temporary files, cache and working directory are its own, so that it finds
 * nothing of the user who runs the tests and leaves nothing behind.
 */
public final class ChildJvm {
  /** Of a JVM under an emulator, unless the test says so. */
  private static final Duration EMULATED_LIMIT = Duration.ofMinutes(10);

  private final ChildProcess process;
  private final List<String> wrapper = new ArrayList<>();
  private final List<Path> classPath = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final List<Object> arguments = new ArrayList<>();
  private Jdk jdk;
  private String program;
  private String module;
  private Path jar;
  private Path home;
  private Path tmp;
  private Path cache;
  private boolean nativeAccess;

  /** A child without a program yet; the name is for its directory. */
  public ChildJvm(String name) {
    process = new ChildProcess(name);
    jdk = Jdk.current();
    home = create("home");
    tmp = create("tmp");
    cache = create("cache");
    process.work(create("work"));
    process.environment("HOME", home.toString());
  }

  private Path create(String name) {
    try {
      return Files.createDirectory(process.directory().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets the JDK, which otherwise is the tests' own. */
  public ChildJvm jdk(Jdk value) {
    jdk = value;
    if (jdk.isEmulated()) {
      process.limit(EMULATED_LIMIT);
    }
    return this;
  }

  /** Adds JARs and directories to its class path. */
  public ChildJvm classPath(Path... entries) {
    return classPath(Arrays.asList(entries));
  }

  /** Adds JARs and directories to its class path. */
  public ChildJvm classPath(List<Path> entries) {
    classPath.addAll(entries);
    return this;
  }

  /** Adds the class path of this JVM. */
  public ChildJvm ownClassPath() {
    String own = System.getProperty("java.class.path");
    return classPath(Arrays.stream(own.split(File.pathSeparator, -1)).map(Path::of).toList());
  }

  /** Adds JVM flags. */
  public ChildJvm option(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** Enables native access where the JDK knows that flag; without it JDK 24 and later warn. */
  public ChildJvm nativeAccess() {
    nativeAccess = true;
    return this;
  }

  /** Sets the main class. */
  public ChildJvm main(Class<?> type, Object... more) {
    return main(type.getName(), more);
  }

  /** Sets the main class, by its binary name. */
  public ChildJvm main(String name, Object... more) {
    program = name;
    return arguments(more);
  }

  /** Runs the main class of a module, {@code module/class}; a module path is an option. */
  public ChildJvm module(String name) {
    module = name;
    return this;
  }

  /** Runs {@code java -jar} instead of a main class. */
  public ChildJvm jar(Path file) {
    jar = file;
    return this;
  }

  /** Adds arguments; paths as the JVM spells them. */
  public ChildJvm arguments(Object... values) {
    arguments.addAll(Arrays.asList(values));
    return this;
  }

  /** Runs the JVM under another program (unshare), inside its sandbox. */
  public ChildJvm under(String... command) {
    wrapper.addAll(List.of(command));
    return this;
  }

  /** Runs it in that sandbox, whose user gets its directories. */
  public ChildJvm in(Sandbox sandbox) {
    process.in(sandbox);
    return this;
  }

  /** Sets a variable of its environment, which otherwise has PATH, LANG and HOME only. */
  public ChildJvm environment(String name, String value) {
    process.environment(name, value);
    return this;
  }

  /** Hands all variables of this process down. */
  public ChildJvm inheritEnvironment() {
    process.inheritEnvironment();
    return this;
  }

  /** After this time it is killed and failed. */
  public ChildJvm limit(Duration value) {
    process.limit(value);
    return this;
  }

  /** Sets its working directory. */
  public ChildJvm work(Path value) {
    process.work(value);
    return this;
  }

  /**
   * Sets its user's home directory, with the directory {@code tmp} in it for temporary files, and
   * no cache but what the loader chooses there. Several children may share one.
   */
  public ChildJvm home(Path directory) {
    home = directory;
    tmp = directory.resolve("tmp");
    cache = null;
    process.environment("HOME", home.toString());
    return this;
  }

  /** Sets its directory for temporary files. */
  public ChildJvm tmp(Path directory) {
    tmp = directory;
    return this;
  }

  /** Sets its cache root; null leaves the choice to the loader. */
  public ChildJvm cache(Path root) {
    cache = root;
    return this;
  }

  /** Its directory for temporary files. */
  public Path tmp() {
    return tmp;
  }

  /** Its user's home directory, as HOME and as the JVM's user.home. */
  public Path home() {
    return home;
  }

  /** Its cache root. */
  public Path cache() {
    return cache;
  }

  /** Starts it and returns at once. */
  public RunningChild start() {
    giveHome();
    process.arguments(command().toArray());
    if (jdk.changesRoot()) {
      process.becomesUser();
    }
    return process.start();
  }

  /** Runs it to its end. */
  public Outcome run() {
    return start().await();
  }

  /** Without what is in a home that was there before, whose owners may be the point of a test. */
  private void giveHome() {
    int user = process.sandbox().user();
    if (user == 0 || home.startsWith(process.directory())) {
      return;
    }
    try {
      Sandbox.give(home, user);
      Sandbox.give(Files.createDirectories(tmp), user);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(wrapper);
    command.add(jdk.java().toString());
    command.add("-XX:ErrorFile=" + jdk.path(process.directory().resolve("hs_err_%p.log")));
    command.add("-Djava.io.tmpdir=" + jdk.path(tmp));
    // The JVM takes it from the user database, not from HOME.
    command.add("-Duser.home=" + jdk.path(home));
    if (cache != null) {
      command.add("-Dstowage.cache=" + jdk.path(cache));
    }
    if (jdk.isWindows()) {
      // Elsewhere LANG says it.
      command.add("-Dstdout.encoding=UTF-8");
      command.add("-Dstderr.encoding=UTF-8");
    }
    if (nativeAccess && jdk.feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(options);
    if (jar != null) {
      command.addAll(List.of("-jar", jdk.path(jar)));
    } else if (module != null) {
      command.addAll(List.of("-m", module));
    } else {
      List<Path> absolute = classPath.stream().map(Path::toAbsolutePath).toList();
      command.addAll(List.of("-cp", jdk.paths(absolute), program));
    }
    for (Object argument : arguments) {
      command.add(argument instanceof Path ? jdk.path((Path) argument) : argument.toString());
    }
    return command;
  }
}
