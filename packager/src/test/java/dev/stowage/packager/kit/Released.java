package dev.stowage.packager.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Released JARs of others with libraries in them; the profile released-jars of the POM has the
 * list.
 */
public final class Released {
  private static final Path DIRECTORY = Path.of("target/released");

  private Released() {}

  /** All of them, by name; skips the test where they were not fetched, or fails it in CI. */
  public static List<Path> files() {
    Required.assume(
        Files.isDirectory(DIRECTORY),
        "no released JARs; fetch them: mvn -Preleased-jars process-test-resources -pl packager");
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
