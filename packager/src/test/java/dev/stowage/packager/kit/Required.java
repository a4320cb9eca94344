package dev.stowage.packager.kit;

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
}
