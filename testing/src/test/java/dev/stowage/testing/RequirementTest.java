package dev.stowage.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class RequirementTest {
  private static final Requirement ONE = Requirement.TEST_RUNTIMES;

  @Test
  void whatIsMissingIsASkipWithItsReason() {
    assertThatThrownBy(() -> ONE.assume(false, false, "not here"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("not here");
  }

  @Test
  void whereItIsRequiredItIsAFailure() {
    assertThatThrownBy(() -> ONE.assume(true, false, "not here"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("not here (STOWAGE_REQUIRE_RUNTIMES=1)");
    ONE.assume(true, true, "is here");
  }
}
