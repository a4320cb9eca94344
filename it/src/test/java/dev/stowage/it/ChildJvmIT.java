package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.harness.Reactor;
import dev.stowage.it.scenario.MisbehavingScenario;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import java.time.Duration;

/**
 * Every kind of failure of a child is detected on every JDK, not only on the one that runs the
 * tests.
 */
class ChildJvmIT {
  @EachJdk
  void aGoodChildPassesWithItsResults(Jdk jdk) {
    assertThat(misbehave(jdk, "fine").expectOk().result("fine")).isEqualTo("first\nsecond");
  }

  @EachJdk
  void eachWayToGoWrongIsNoticed(Jdk jdk) {
    assertThatThrownBy(() -> misbehave(jdk, "silent").expectOk())
        .hasMessageContaining("no RESULT line");
    assertThatThrownBy(() -> misbehave(jdk, "failed").expectOk())
        .hasMessageContaining("a RESULT is not ok");
    assertThatThrownBy(() -> misbehave(jdk, "noisy").expectOk())
        .hasMessageContaining("nothing on stderr");
    assertThatThrownBy(() -> misbehave(jdk, "exit").expectOk()).hasMessageContaining("exit 3");
    assertThatThrownBy(() -> misbehave(jdk, "crash").expectOk())
        .hasMessageContaining("--- hs_err")
        .hasMessageContaining("SIGSEGV");
    assertThatThrownBy(() -> scenario(jdk, "hang").limit(Duration.ofSeconds(2)).run().expectOk())
        .hasMessageContaining("killed at its time limit");
  }

  private static Outcome misbehave(Jdk jdk, String way) {
    return scenario(jdk, way).run();
  }

  private static ChildJvm scenario(Jdk jdk, String way) {
    return JvmSetup.on(Reactor.scenarios()).child(jdk, MisbehavingScenario.class).arguments(way);
  }
}
