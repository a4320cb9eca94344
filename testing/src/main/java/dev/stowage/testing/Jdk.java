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
 * One JDK (or JRE) of this machine. An expected one that is not there has no home.
 *
 * @param home its directory, a real path
 * @param feature its feature version (8, 17, 25)
 * @param platform classifier of the natives that it loads where it is emulated; empty for the
 *     host's own
 */
public record Jdk(Path home, int feature, String platform) {
  /** The first and the latest long-term releases that every test must have run on. */
  private static final List<Integer> EXPECTED = List.of(8, 17, 25);

  /** Test runtimes by the classifier of the natives that they load. */
  private static final Map<String, String> EMULATED =
      new TreeMap<>(Map.of("linux-aarch_64", "java25-aarch64", "windows-x86_64", "java25-windows"));

  /** In the file "release" and in what {@code java -version} prints. */
  private static final Pattern VERSION =
      Pattern.compile("(?m)(?:^JAVA_VERSION=|version )\"((?:1\\.)?(\\d+)[^\"]*)\"");

  /** The one that runs the tests. */
  public static Jdk current() {
    return new Jdk(real(Path.of(System.getProperty("java.home"))), Runtime.version().feature(), "");
  }

  /** The one in that directory. */
  public static Jdk in(Path home) {
    OptionalInt feature = featureOf(home);
    return new Jdk(real(home), feature.orElseThrow(), "");
  }

  /**
   * Every JDK of the host's platform found: those of {@code -Dstowage.test.jdks=<home>:<home>},
   * JAVA_HOME, the one on PATH, the one that runs this test and its neighbours, the system's and
   * the test runtime java8, each once by real path; oldest first.
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
   * One of each feature version from {@code least} on, oldest first: the current one, and others
   * that anybody can start.
   */
  public static List<Jdk> from(int least) {
    TreeMap<Integer, Jdk> found = new TreeMap<>();
    Stream.concat(Stream.of(current()), all().stream())
        .filter(jdk -> jdk.feature >= least && !jdk.changesRoot())
        .forEach(jdk -> found.putIfAbsent(jdk.feature, jdk));
    return List.copyOf(found.values());
  }

  /** Every JDK found, and each expected one that was not. */
  public static List<Jdk> allExpected() {
    List<Jdk> found = all();
    Stream<Jdk> missing =
        EXPECTED.stream()
            .filter(feature -> found.stream().noneMatch(jdk -> jdk.feature == feature))
            .map(feature -> new Jdk(null, feature, ""));
    return Stream.concat(found.stream(), missing).toList();
  }

  /** One of that feature version, perhaps not found. */
  public static Jdk of(int feature) {
    return all().stream()
        .filter(jdk -> jdk.feature == feature)
        .findFirst()
        .orElse(new Jdk(null, feature, ""));
  }

  /** The newest JDK found. */
  public static Jdk newest() {
    List<Jdk> all = all();
    return all.get(all.size() - 1);
  }

  /** The JVMs of other platforms that this machine should have, perhaps not found. */
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

  /** The whole version as the file "release" has it: 17.0.19, 1.8.0_504. */
  public String version() {
    Matcher version = VERSION.matcher(describe(home));
    return version.find() ? version.group(1) : "";
  }

  /**
   * Skips the calling test, with the reason, where this JDK was not found or cannot be started;
   * where test runtimes are required that is a failure.
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

  /** Whether its launcher gives it a root directory of its own, which only root can do. */
  boolean changesRoot() {
    return home != null && Files.exists(home.resolve("launcher"));
  }

  /** A path as this JVM spells it. */
  public String path(Path path) {
    // wine shows the machine's root directory as drive Z.
    return isWindows() ? "Z:" + path.toString().replace('/', '\\') : path.toString();
  }

  /** A list of paths as this JVM spells it, like a class path. */
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

  /** The file "release", which not every package has; else what the launcher prints. */
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
