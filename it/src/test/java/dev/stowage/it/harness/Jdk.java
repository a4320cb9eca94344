package dev.stowage.it.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One JDK of this machine: its home directory (a real path) and its feature version (8, 17, 25). An
 * expected one that is not there has no home.
 */
public record Jdk(Path home, int feature) {
  /** Oldest and newest long-term releases that every test must have run on. */
  private static final List<Integer> EXPECTED = List.of(17, 25);

  /** In the file "release" and in what {@code java -version} prints. */
  private static final Pattern VERSION =
      Pattern.compile("(?m)(?:^JAVA_VERSION=|version )\"(?:1\\.)?(\\d+)");

  /** The launcher. */
  public Path java() {
    return home.resolve("bin/java");
  }

  /**
   * Every JDK found: JAVA_HOME, the one on PATH, the one that runs this test, and the system's,
   * each once by real path; oldest first.
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
        found.putIfAbsent(home, new Jdk(home, feature.getAsInt()));
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
            .map(feature -> new Jdk(null, feature));
    return Stream.concat(found.stream(), missing).toList();
  }

  /** One of that feature version, perhaps not found. */
  public static Jdk of(int feature) {
    return all().stream()
        .filter(jdk -> jdk.feature == feature)
        .findFirst()
        .orElse(new Jdk(null, feature));
  }

  /** Skips the calling test, with the reason, where this JDK was not found. */
  public void assumeFound() {
    assumeTrue(
        home != null,
        "no JDK " + feature + " in JAVA_HOME, on PATH or in /usr/lib/jvm: not run there");
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
    return "JDK " + feature + " (" + (home == null ? "not found" : home.getFileName()) + ")";
  }
}
