package dev.stowage.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout in which the tests run. */
public final class Repository {
  private static final String MARK = "ci/lib/tools.sh";

  private Repository() {}

  /** Directory of the root POM: the nearest one above the working directory with the folder ci. */
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
