package dev.stowage.testing;

import org.junit.jupiter.api.Assumptions;

/**
 * Tools that a test needs and that not every machine has. If one is missing, the test is skipped
 * with the reason; if the variable is set to 1, as in CI, it fails.
 */
public enum Requirement {
  /** Tools and libraries of release targets. */
  CROSS_TOOLS("STOWAGE_REQUIRE_CROSS"),
  /** JVMs and loaders of other platforms, and each JDK that must be tested. */
  TEST_RUNTIMES("STOWAGE_REQUIRE_RUNTIMES"),
  /** Debian's docker-registry. */
  REGISTRY("STOWAGE_REQUIRE_REGISTRY");

  private final String variable;

  Requirement(String variable) {
    this.variable = variable;
  }

  /** Whether a missing tool is a failure. */
  public boolean isRequired() {
    return "1".equals(System.getenv(variable));
  }

  /**
   * Skips or fails the calling test unless the condition holds.
   *
   * @param missing what is missing, and how to install it
   */
  public void assume(boolean there, String missing) {
    assume(isRequired(), there, missing);
  }

  /** Requires a program on the PATH of {@link ToolPath}. */
  public void assumeProgram(String program, String install) {
    assume(ToolPath.find(program).isPresent(), program + " is not on PATH; install it: " + install);
  }

  void assume(boolean required, boolean there, String missing) {
    if (required && !there) {
      throw new AssertionError(missing + " (" + variable + "=1)");
    }
    Assumptions.assumeTrue(there, missing);
  }
}
