package dev.stowage.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * One JDK (or JRE) of this machine: its home directory (a real path), its feature version (8, 17,
 * 25) and the classifier of the natives that it loads, which for an emulated one is not the host's.
 * An expected one that is not there has no home.
 */
public record Jdk(Path home, int feature, String classifier) {
  /** The first and the latest long-term releases that every test must have run on. */
  private static final List<Integer> EXPECTED = List.of(8, 17, 25);

  /** Run times of {@link RunTimes} by the classifier of the natives that they load. */
  private static final Map<String, String> EMULATED =
      new TreeMap<>(Map.of("linux-aarch_64", "java25-aarch64", "windows-x86_64", "java25-windows"));

  /** In the file "release" and in what {@code java -version} prints. */
  private static final Pattern VERSION =
      Pattern.compile("(?m)(?:^JAVA_VERSION=|version )\"(?:1\\.)?(\\d+)");

  /** The launcher. */
  public Path java() {
    return home.resolve("bin/java");
  }

  /**
   * Every JDK of the host's platform found: JAVA_HOME, the one on PATH, the one that runs this
   * test, the system's and the run time java8, each once by real path; oldest first.
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
        found.putIfAbsent(home, new Jdk(home, feature.getAsInt(), Reactor.classifier()));
      }
    }
    return found.values().stream().sorted((a, b) -> Integer.compare(a.feature, b.feature)).toList();
  }

  /** Every JDK found, and each expected one that was not. */
  public static List<Jdk> allExpected() {
    List<Jdk> found = all();
    Stream<Jdk> missing =
        EXPECTED.stream()
            .filter(feature -> found.stream().noneMatch(jdk -> jdk.feature == feature))
            .map(feature -> new Jdk(null, feature, Reactor.classifier()));
    return Stream.concat(found.stream(), missing).toList();
  }

  /** One of that feature version, perhaps not found. */
  public static Jdk of(int feature) {
    return all().stream()
        .filter(jdk -> jdk.feature == feature)
        .findFirst()
        .orElse(new Jdk(null, feature, Reactor.classifier()));
  }

  /** The JVMs of other platforms that this machine should have, perhaps not found. */
  public static List<Jdk> emulated() {
    List<Jdk> jdks = new ArrayList<>();
    EMULATED.forEach(
        (classifier, name) -> {
          Path home = RunTimes.home(name);
          boolean found = Files.isExecutable(home.resolve("bin/java"));
          int feature = found ? featureOf(home).orElseThrow() : 25;
          jdks.add(new Jdk(found ? home : null, feature, classifier));
        });
    return jdks;
  }

  /**
   * Skips the calling test, with the reason, where this JDK was not found or cannot be started, or
   * its natives were not built. Where run times are required that is a failure.
   */
  public void assumeFound() {
    boolean built = Reactor.isBuilt(classifier);
    RunTimes.assume(
        home != null,
        isEmulated()
            ? "no run time " + EMULATED.get(classifier) + "; ci/setup-cross installs it"
            : "no JDK " + feature + " in JAVA_HOME, on PATH, in /usr/lib/jvm or by ci/setup-cross");
    RunTimes.assume(built, classifier + " was not built: add -Dstowage.targets=all");
    if (changesRoot()) {
      Sandbox.assumeRoot();
    }
  }

  /** Whether it runs on another platform than the host's. */
  public boolean isEmulated() {
    return !classifier.equals(Reactor.classifier());
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

  boolean isWindows() {
    return classifier.startsWith("windows-");
  }

  /** The newest JDK found. */
  public static Jdk newest() {
    List<Jdk> all = all();
    return all.get(all.size() - 1);
  }

  private static List<Path> candidates() {
    List<Path> homes = new ArrayList<>();
    homes.add(Path.of(System.getProperty("java.home")));
    if (System.getenv("JAVA_HOME") != null) {
      homes.add(Path.of(System.getenv("JAVA_HOME")));
    }
    for (String entry : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path launcher = Path.of(entry, "java");
      if (Files.isExecutable(launcher)) {
        homes.add(real(launcher).getParent().getParent());
      }
    }
    homes.add(RunTimes.home("java8"));
    Path system = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(system)) {
      try (Stream<Path> entries = Files.list(system)) {
        entries.sorted().forEach(homes::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return homes;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From "release", which not every package has; else the launcher says it. */
  static OptionalInt featureOf(Path home) {
    Path release = home.resolve("release");
    String text =
        Files.isReadable(release)
            ? new String(Reactor.bytes(release), StandardCharsets.UTF_8)
            : Child.program(home.resolve("bin/java").toString(), "-version").run().err();
    Matcher version = VERSION.matcher(text);
    return version.find()
        ? OptionalInt.of(Integer.parseInt(version.group(1)))
        : OptionalInt.empty();
  }

  @Override
  public String toString() {
    String name = home == null ? "not found" : home.getFileName().toString();
    return "JDK " + feature + (isEmulated() ? " on " + classifier : "") + " (" + name + ")";
  }
}
