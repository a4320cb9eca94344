package dev.stowage.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that the tests run in. */
public final class Repository {
  private static final String MARK = "ci/lib/tools.sh";

  private Repository() {}

  /** Directory of the root POM: the first one above the working directory that has our scripts. */
  public static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null && !Files.exists(directory.resolve(MARK))) {
      directory = directory.getParent();
    }
    if (directory == null) {
      throw new IllegalStateException("no " + MARK + " above " + Path.of("").toAbsolutePath());
    }
    return directory;
  }
}
