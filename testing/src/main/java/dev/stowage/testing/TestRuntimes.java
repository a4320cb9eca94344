package dev.stowage.testing;

import java.nio.file.Path;
import java.util.List;

/** The JVMs and loaders of other platforms and ages that {@code ci/setup-cross} installs. */
public final class TestRuntimes {
  private static Path directory;

  private TestRuntimes() {}

  /** Where the one of that name is, or would be. */
  public static Path home(String name) {
    return directory().resolve(name);
  }

  /** The script that installs them says where. */
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
