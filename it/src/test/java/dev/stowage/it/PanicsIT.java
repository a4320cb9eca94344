package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.harness.Reactor;
import dev.stowage.it.scenario.Panics;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;

/**
 * A panic in either core is an exception with message and place. The JVM and the core stay usable,
 * and nothing is written to stderr.
 */
class PanicsIT {
  @EachJdk
  void panicsBecomeExceptionsAndTheJvmGoesOn(Jdk jdk) {
    Outcome outcome = JvmSetup.dropIn().child(jdk, Panics.class).run().expectOk();
    assertThat(outcome.result("rust"))
        .matches("WasmException PANIC: rust was asked to \\(\\S+\\.rs:\\d+\\)");
    assertThat(outcome.result("go-export"))
        .matches("WasmException PANIC: go was asked to \\(\\S+\\.go:\\d+\\)");
    assertThat(outcome.result("go-goroutine"))
        .matches("WasmException PANIC: a goroutine was asked to \\(\\S+\\.go:\\d+\\)");
    assertThat(outcome.result("not-ascii"))
        .startsWith("WasmException PANIC: \u00e4 \ud83d\ude00 (");
    assertThat(outcome.result("rust-after")).isEqualTo(Reactor.version() + " 42");
    assertThat(outcome.result("go-after")).isEqualTo(Reactor.version());
  }
}
