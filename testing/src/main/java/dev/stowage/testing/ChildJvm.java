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
 * A separate JVM for tests that may crash one: the crash must neither end the test JVM nor look
 * like success (see {@link Outcome#expectOk()}).
 *
 * <p>It has its own home directory, temporary directory, cache and working directory, so that it
 * neither reads files of the user nor leaves any behind.
 */
public final class ChildJvm {
  /** The default time limit of a JVM under an emulator. */
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

  /** Prepares a child without a program; its directory gets that name. */
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

  /** Sets the JDK; the default is the one that runs the tests. */
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

  /**
   * Enables native access if the JDK has that flag; without it JDK 24 and later print a warning.
   */
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

  /** Adds arguments; paths are written in the form that the JVM needs. */
  public ChildJvm arguments(Object... values) {
    arguments.addAll(Arrays.asList(values));
    return this;
  }

  /** Runs the JVM through another program (unshare), inside the sandbox. */
  public ChildJvm under(String... command) {
    wrapper.addAll(List.of(command));
    return this;
  }

  /** Runs it in a sandbox, whose user becomes the owner of its directories. */
  public ChildJvm in(Sandbox sandbox) {
    process.in(sandbox);
    return this;
  }

  /** Sets an environment variable; by default there are only PATH, LANG and HOME. */
  public ChildJvm environment(String name, String value) {
    process.environment(name, value);
    return this;
  }

  /** Passes all environment variables of this process to it. */
  public ChildJvm inheritEnvironment() {
    process.inheritEnvironment();
    return this;
  }

  /** Sets the time after which it is killed and counts as failed. */
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
   * Sets the home directory of its user. Files in {@code tmp} are temporary, and the loader chooses
   * the cache. Several children may share one home directory.
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

  /** Sets its cache root; with null the loader chooses. */
  public ChildJvm cache(Path root) {
    cache = root;
    return this;
  }

  /** Returns its directory for temporary files. */
  public Path tmp() {
    return tmp;
  }

  /** Returns its user's home directory: HOME and the JVM's user.home. */
  public Path home() {
    return home;
  }

  /** Returns its cache root. */
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

  /**
   * Leaves out existing files of a given home directory, because a test may depend on their owners.
   */
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
    // The JVM reads the home directory from the user database, not from HOME.
    command.add("-Duser.home=" + jdk.path(home));
    if (cache != null) {
      command.add("-Dstowage.cache=" + jdk.path(cache));
    }
    if (jdk.isWindows()) {
      // On other systems LANG sets the encoding.
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
