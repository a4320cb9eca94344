package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.scenario.EndsWhileBusy;
import dev.stowage.it.scenario.Pulls;
import dev.stowage.it.scenario.SampleModules;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.RunningChild;
import dev.stowage.testing.SharedFiles;
import dev.stowage.testing.registry.SpoiltRepository;
import dev.stowage.testing.registry.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A JVM with both cores, open instances, busy threads and a running pull ends normally. */
class ShutdownIT {
  private static final Duration HANG = Duration.ofSeconds(5);

  private final Path directory = SharedFiles.directory("ends");
  private TestRegistry registry;

  @BeforeEach
  void serve() throws IOException {
    Path module = directory.resolve("module.wasm");
    Path layout = directory.resolve("layout");
    // Large enough that the first half arrives separately and is reported to the listener.
    Files.write(module, SampleModules.padded(4_000_000));
    JvmSetup.dropIn()
        .child(Jdk.newest(), Pulls.class)
        .arguments("push", "push", module, "oci:" + layout + ":v1")
        .run()
        .expectOk();
    registry = TestRegistry.serving(layout);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @EachJdk
  void sigtermRunsTheShutdownHooks(Jdk jdk) {
    RunningChild running = child(jdk, "wait").start();
    running.awaitOutput("RESULT ok ready");
    running.signal("TERM");
    Outcome outcome = running.await().expectExit(143).expectResults().expectQuiet();
    assertThat(outcome.result("hook")).isEmpty();
  }

  @EachJdk
  void sigquitPrintsTheThreadsAndGoesOn(Jdk jdk) {
    RunningChild running = child(jdk, "wait").start();
    running.awaitOutput("RESULT ok ready");
    running.signal("QUIT");
    running.awaitOutput("Full thread dump");
    running.signal("TERM");
    Outcome outcome = running.await().expectExit(143).expectResults();
    assertThat(outcome.out())
        .contains("RESULT ok hook")
        .contains("dev.stowage.wasm.internal.GoNative.pull");
  }

  @EachJdk
  void exitAndReturnEndAtOnce(Jdk jdk) {
    assertThat(ended(jdk, "exit", 7).result("hook")).isEmpty();
    assertThat(ended(jdk, "return", 0).result("hook")).isEmpty();
    assertThat(ended(jdk, "halt", 7).out()).doesNotContain("hook");
  }

  private Outcome ended(Jdk jdk, String how, int exit) {
    RunningChild running = child(jdk, how).start();
    running.awaitOutput("RESULT ok ready");
    return running.await(HANG).expectExit(exit).expectResults().expectQuiet();
  }

  private ChildJvm child(Jdk jdk, String how) {
    return JvmSetup.dropIn()
        .child(jdk, EndsWhileBusy.class)
        .arguments(
            how, registry.reference(SpoiltRepository.STALLED), directory.resolve("never.wasm"));
  }
}
