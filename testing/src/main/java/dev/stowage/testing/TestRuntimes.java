package dev.stowage.testing;

import java.nio.file.Path;
import java.util.List;

/**
 * The test runtimes (JVMs and loaders of other platforms and ages) that {@code ci/setup-cross}
 * installs.
 */
public final class TestRuntimes {
  private static Path directory;

  private TestRuntimes() {}

  /** The directory of a test runtime, installed or not. */
  public static Path home(String name) {
    return directory().resolve(name);
  }

  /** The directory of all of them, as the script that installs them reports it. */
  private static synchronized Path directory() {
    if (directory == null) {
      String script = ". ci/lib/tools.sh && . ci/lib/runtimes.sh && printf %s \"$RUNTIMES\"";
      directory =
          Path.of(
              Commands.run(Repository.root(), List.of("bash", "-c", script)).expectExit(0).out());
    }
    return directory;
  }
}
