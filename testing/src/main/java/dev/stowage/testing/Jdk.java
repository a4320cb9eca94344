package dev.stowage.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JDK or JRE of this machine. One that is expected but missing has no home.
 *
 * @param home its directory, a real path
 * @param feature its feature version (8, 17, 25)
 * @param platform for an emulated one the classifier of the native libraries that it loads; empty
 *     for one of the host's platform
 */
public record Jdk(Path home, int feature, String platform) {
  /** Feature versions that every test must run on: the first and the latest long-term releases. */
  private static final List<Integer> EXPECTED = List.of(8, 17, 25);

  /** Test runtimes by the classifier of the native libraries that they load. */
  private static final Map<String, String> EMULATED =
      new TreeMap<>(Map.of("linux-aarch_64", "java25-aarch64", "windows-x86_64", "java25-windows"));

  /** Matches the version in the file "release" and in the output of {@code java -version}. */
  private static final Pattern VERSION =
      Pattern.compile("(?m)(?:^JAVA_VERSION=|version )\"((?:1\\.)?(\\d+)[^\"]*)\"");

  /** Returns the JDK that runs the tests. */
  public static Jdk current() {
    return new Jdk(real(Path.of(System.getProperty("java.home"))), Runtime.version().feature(), "");
  }

  /** Returns the JDK in that directory. */
  public static Jdk in(Path home) {
    OptionalInt feature = featureOf(home);
    return new Jdk(real(home), feature.orElseThrow(), "");
  }

  /**
   * All JDKs of the host's platform, oldest first, each once by real path: those of {@code
   * -Dstowage.test.jdks=<home>:<home>}, JAVA_HOME, the one on the PATH, the one that runs this test
   * and those in directories beside it, the system's, and the test runtime java8.
   */
  public static List<Jdk> all() {
    Map<Path, Jdk> found = new LinkedHashMap<>();
    for (Path candidate : candidates()) {
      Path launcher = candidate.resolve("bin/java");
      if (!Files.isExecutable(launcher)) {
        continue;
      }
      Path home = real(launcher).getParent().getParent();
      OptionalInt feature = featureOf(home);
      if (feature.isPresent()) {
        found.putIfAbsent(home, new Jdk(home, feature.getAsInt(), ""));
      }
    }
    return found.values().stream().sorted(Comparator.comparingInt(Jdk::feature)).toList();
  }

  /**
   * One JDK of each feature version from {@code least} on, oldest first: the current one, and
   * others that any user can start.
   */
  public static List<Jdk> from(int least) {
    TreeMap<Integer, Jdk> found = new TreeMap<>();
    Stream.concat(Stream.of(current()), all().stream())
        .filter(jdk -> jdk.feature >= least && !jdk.changesRoot())
        .forEach(jdk -> found.putIfAbsent(jdk.feature, jdk));
    return List.copyOf(found.values());
  }

  /** All JDKs that were found, and the expected ones that were not. */
  public static List<Jdk> allExpected() {
    List<Jdk> found = all();
    Stream<Jdk> missing =
        EXPECTED.stream()
            .filter(feature -> found.stream().noneMatch(jdk -> jdk.feature == feature))
            .map(feature -> new Jdk(null, feature, ""));
    return Stream.concat(found.stream(), missing).toList();
  }

  /** A JDK of that feature version; it may be missing. */
  public static Jdk of(int feature) {
    return all().stream()
        .filter(jdk -> jdk.feature == feature)
        .findFirst()
        .orElse(new Jdk(null, feature, ""));
  }

  /** The newest JDK that was found. */
  public static Jdk newest() {
    List<Jdk> all = all();
    return all.get(all.size() - 1);
  }

  /** The JVMs of other platforms that this machine should have; they may be missing. */
  public static List<Jdk> emulated() {
    List<Jdk> jdks = new ArrayList<>();
    EMULATED.forEach(
        (classifier, name) -> {
          Path home = TestRuntimes.home(name);
          boolean found = Files.isExecutable(home.resolve("bin/java"));
          int feature = found ? featureOf(home).orElseThrow() : 25;
          jdks.add(new Jdk(found ? home : null, feature, classifier));
        });
    return jdks;
  }

  /** The launcher. */
  public Path java() {
    return home.resolve("bin/java");
  }

  /** Compiler options that find {@code jni.h}. */
  public List<String> includes() {
    return List.of("-I" + home.resolve("include"), "-I" + home.resolve("include/linux"));
  }

  /** The full version as in the file "release": 17.0.19, 1.8.0_504. */
  public String version() {
    Matcher version = VERSION.matcher(describe(home));
    return version.find() ? version.group(1) : "";
  }

  /**
   * Skips the calling test, with the reason, if this JDK is missing or cannot be started. If test
   * runtimes are required, the test fails instead.
   */
  public void assumeFound() {
    Requirement.TEST_RUNTIMES.assume(
        home != null,
        isEmulated()
            ? "no test runtime " + EMULATED.get(platform) + "; ci/setup-cross installs it"
            : "no JDK " + feature + " in JAVA_HOME, on PATH, in /usr/lib/jvm or by ci/setup-cross");
    if (changesRoot()) {
      Sandbox.assumeRoot();
    }
  }

  /** Whether it runs on another platform than the host's. */
  public boolean isEmulated() {
    return !platform.isEmpty();
  }

  /** Whether it is a JVM for Windows. */
  public boolean isWindows() {
    return platform.startsWith("windows-");
  }

  /** Whether its launcher changes the root directory, for which it must be started as root. */
  boolean changesRoot() {
    return home != null && Files.exists(home.resolve("launcher"));
  }

  /** A path in the form that this JVM needs. */
  public String path(Path path) {
    // In wine, the machine's root directory is drive Z.
    return isWindows() ? "Z:" + path.toString().replace('/', '\\') : path.toString();
  }

  /** A list of paths in the form that this JVM needs, such as a class path. */
  public String paths(List<Path> paths) {
    return paths.stream().map(this::path).collect(Collectors.joining(isWindows() ? ";" : ":"));
  }

  private static List<Path> candidates() {
    List<Path> homes = new ArrayList<>();
    String named = System.getProperty("stowage.test.jdks", "");
    Stream.of(named.split(File.pathSeparator, -1))
        .filter(name -> !name.isEmpty())
        .forEach(name -> homes.add(Path.of(name)));
    homes.add(current().home);
    if (System.getenv("JAVA_HOME") != null) {
      homes.add(Path.of(System.getenv("JAVA_HOME")));
    }
    for (String entry : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path launcher = Path.of(entry, "java");
      if (Files.isExecutable(launcher)) {
        homes.add(real(launcher).getParent().getParent());
      }
    }
    homes.add(TestRuntimes.home("java8"));
    homes.addAll(children(current().home.getParent()));
    homes.addAll(children(Path.of("/usr/lib/jvm")));
    return homes;
  }

  private static List<Path> children(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static OptionalInt featureOf(Path home) {
    Matcher version = VERSION.matcher(describe(home));
    return version.find()
        ? OptionalInt.of(Integer.parseInt(version.group(2)))
        : OptionalInt.empty();
  }

  /** The content of the file "release", or if there is none the launcher's output. */
  private static String describe(Path home) {
    Path release = home.resolve("release");
    try {
      return Files.isReadable(release)
          ? new String(Files.readAllBytes(release), StandardCharsets.UTF_8)
          : ChildProcess.program(home.resolve("bin/java").toString(), "-version").run().err();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    String name = home == null ? "not found" : home.getFileName().toString();
    return "JDK " + feature + (isEmulated() ? " on " + platform : "") + " (" + name + ")";
  }
}
