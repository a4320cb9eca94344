package dev.stowage.packager.kit;

import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** What tests of release rows need: there in CI, elsewhere a reason to skip. */
public final class Required {
  private Required() {}

  /**
   * Skips the test when something is missing, unless {@code STOWAGE_REQUIRE_CROSS} is set to 1.
   *
   * @param there whether it is there
   * @param missing what is missing and how to get it
   */
  public static void assume(boolean there, String missing) {
    if (!there && "1".equals(System.getenv("STOWAGE_REQUIRE_CROSS"))) {
      throw new AssertionError(missing);
    }
    Assumptions.assumeTrue(there, missing);
  }

  /** This process' variables; on the PATH are those tools, too, that ci/setup-cross installs. */
  public static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    String caches =
        environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    Path bin = Path.of(caches, "stowage-tools", "bin");
    environment.merge("PATH", bin.toString(), (path, own) -> own + ":" + path);
    return environment;
  }

  /** The tools of this machine. */
  public static ToolBox tools() {
    return new ToolBox(environment());
  }

  /** One of them; without it the test is skipped, in CI it fails. */
  public static ToolBox.Found tool(Tool tool) {
    Optional<ToolBox.Found> found = tools().find(tool);
    assume(found.isPresent(), tool + " is missing; install it: ci/setup-cross");
    return found.orElseThrow();
  }
}
