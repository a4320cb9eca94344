package dev.stowage.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One JDK of this machine: its home directory (a real path) and its feature version (8, 17, 25).
 */
public record Jdk(Path home, int feature) {
  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(?:1\\.)?(\\d+)");

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
      found.computeIfAbsent(home, h -> new Jdk(h, featureOf(h)));
    }
    return found.values().stream().sorted((a, b) -> Integer.compare(a.feature, b.feature)).toList();
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

  private static int featureOf(Path home) {
    try {
      Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
      if (!version.find()) {
        throw new IllegalStateException("no JAVA_VERSION in " + home.resolve("release"));
      }
      return Integer.parseInt(version.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "JDK " + feature + " (" + home.getFileName() + ")";
  }
}
