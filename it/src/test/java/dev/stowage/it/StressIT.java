package dev.stowage.it;

import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.scenario.Stress;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.SharedFiles;
import java.time.Duration;

/**
 * Runs sixteen threads in both cores for thirty seconds: no call fails, and no handle, byte or
 * thread is left.
 */
class StressIT {
  @EachJdk
  void sixteenThreadsOnBothCoresForThirtySeconds(Jdk jdk) {
    Outcome outcome =
        JvmSetup.dropIn()
            .child(jdk, Stress.class)
            .arguments(SharedFiles.directory("stress"), 16, 30)
            .limit(Duration.ofSeconds(150))
            .run()
            .expectOk();
    System.out.printf(
        "%s: %s; threads %s%n", jdk, outcome.result("work"), outcome.result("os-threads-flat"));
  }
}
