package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.harness.Reactor;
import dev.stowage.it.scenario.FaultStorm;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;

/**
 * HotSpot turns faults into exceptions by signals, and Go has replaced the signal handlers. The C2
 * compiler is off, because it would replace most of these faults by branches.
 */
class FaultStormIT {
  @EachJdk
  void faultsStayExceptionsInTheInterpreter(Jdk jdk) {
    storm(jdk, "-Xint");
  }

  @EachJdk
  void faultsStayExceptionsInCompiledCode(Jdk jdk) {
    storm(jdk, "-XX:TieredStopAtLevel=1");
  }

  private static void storm(Jdk jdk, String flag) {
    Outcome outcome =
        JvmSetup.dropIn()
            .flags(flag)
            .child(jdk, FaultStorm.class)
            .arguments(80_000, 1_200)
            .run()
            .expectOk();
    assertThat(outcome.result("caught")).isEqualTo("80000 nulls, 80000 zeros, 1200 overflows");
    assertThat(outcome.result("go-after")).isEqualTo(Reactor.version());
  }
}
