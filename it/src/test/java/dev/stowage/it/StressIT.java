package dev.stowage.it;

import dev.stowage.it.harness.Child;
import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.Jdk;
import dev.stowage.it.harness.Jvm;
import dev.stowage.it.harness.Lab;
import dev.stowage.it.harness.Outcome;
import dev.stowage.it.scenario.Stress;
import java.time.Duration;

/**
 * Sixteen threads on both cores for thirty seconds: nothing fails, and no handle, byte or thread is
 * left.
 */
class StressIT {
  @EachJdk
  void sixteen_threads_on_both_cores_for_thirty_seconds(Jdk jdk) {
    Outcome outcome =
        Child.scenario(jdk, Stress.class, Jvm.dropIn())
            .arguments(Lab.directory("stress"), 16, 30)
            .limit(Duration.ofSeconds(150))
            .run()
            .expectOk();
    System.out.printf(
        "%s: %s; threads %s%n", jdk, outcome.result("work"), outcome.result("os-threads-flat"));
  }
}
