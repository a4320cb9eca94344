package dev.stowage.it.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;

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

  /** Skips the calling test, or fails it, where a program is not there. */
  public static void assumeTool(String program, String install) {
    boolean found = script("command -v \"$1\"", List.of(program)).run().exit() == 0;
    assume(found, program + " is not on PATH; install it: " + install);
  }

  /** A program with the tools of {@code ci/setup-cross} on its PATH, and with our caches. */
  public static Child withTools(List<String> command) {
    return script("exec \"$@\"", command);
  }

  /** Asked of the script that installs them. */
  private static synchronized Path directory() {
    if (directory == null) {
      Child ask = script("source ci/lib/runtimes.sh && echo \"$RUNTIMES\"", List.of());
      directory = Path.of(ask.run().expectExit(0).out().strip());
    }
    return directory;
  }

  private static Child script(String then, List<String> arguments) {
    String script = "cd '" + Reactor.root() + "' && source ci/lib/tools.sh && " + then;
    Child child = Child.program("bash", "-c", script, "bash").arguments(arguments.toArray());
    for (String name : new String[] {"HOME", "XDG_CACHE_HOME"}) {
      if (System.getenv(name) != null) {
        child.environment(name, System.getenv(name));
      }
    }
    return child;
  }
}
