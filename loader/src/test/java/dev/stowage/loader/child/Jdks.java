package dev.stowage.loader.child;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The JDKs to test on: the one that runs the tests, those installed beside it, and those named by
 * {@code -Dstowage.test.jdks=<home>:<home>}.
 */
public final class Jdks {
  private Jdks() {}

  /** Home directories, oldest version first, one per feature version. */
  public static List<String> all() {
    TreeMap<Integer, String> found = new TreeMap<>();
    Path own = Path.of(System.getProperty("java.home"));
    String named = System.getProperty("stowage.test.jdks", "");
    try (Stream<Path> siblings = Files.list(real(own).getParent())) {
      Stream<Path> extra =
          Stream.of(named.split(File.pathSeparator, -1)).filter(s -> !s.isEmpty()).map(Path::of);
      Stream.of(extra, Stream.of(own), siblings.sorted())
          .flatMap(homes -> homes)
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .filter(home -> Files.isRegularFile(home.resolve("release")))
          .map(Jdks::real)
          .forEach(home -> found.putIfAbsent(feature(home), home.toString()));
      return List.copyOf(found.values());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The newest one. */
  public static String newest() {
    List<String> all = all();
    return all.get(all.size() - 1);
  }

  /** The feature version (8, 17, 25) from the JDK's own {@code release} file. */
  public static int feature(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      String version =
          lines.filter(line -> line.startsWith("JAVA_VERSION=")).findFirst().orElseThrow();
      String[] parts = version.replaceAll("[^0-9.]", "").split("[.]", -1);
      return Integer.parseInt(parts[0].equals("1") ? parts[1] : parts[0]);
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
}
