package dev.stowage.it.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** The run times that {@code ci/setup-cross} installs: JVMs and loaders that the host has not. */
public final class RunTimes {
  /** Set to 1 where a missing one is a failure; elsewhere it is a skip. */
  private static final String REQUIRED = "STOWAGE_REQUIRE_RUNTIMES";

  private static Path directory;

  private RunTimes() {}

  /** Where the one of that name is, or would be. */
  public static Path home(String name) {
    return directory().resolve(name);
  }

  /** Skips the calling test for that reason, or fails it, unless the condition holds. */
  public static void assume(boolean condition, String reason) {
    assume("1".equals(System.getenv(REQUIRED)), condition, reason);
  }

  static void assume(boolean required, boolean condition, String reason) {
    if (required && !condition) {
      throw new AssertionError(reason + " (" + REQUIRED + "=1)");
    }
    assumeTrue(condition, reason);
  }

  /** Asked of the script that installs them. */
  private static synchronized Path directory() {
    if (directory == null) {
      String script = "source ci/lib/tools.sh && source ci/lib/runtimes.sh && echo \"$RUNTIMES\"";
      Child ask = Child.program("bash", "-c", "cd '" + Reactor.root() + "' && " + script);
      for (String name : new String[] {"HOME", "XDG_CACHE_HOME"}) {
        if (System.getenv(name) != null) {
          ask.environment(name, System.getenv(name));
        }
      }
      directory = Path.of(ask.run().expectExit(0).out().strip());
    }
    return directory;
  }
}
