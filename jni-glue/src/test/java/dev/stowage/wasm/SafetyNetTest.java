package dev.stowage.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.wasm.fixture.Eventually;
import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dropped objects are freed and counted; objects that are in use in any way are not. */
@ExtendWith(NoLeaks.class)
class SafetyNetTest {
  private static final InstanceOptions OPTIONS =
      InstanceOptions.defaults().withHost("host", "call", LongUnaryOperator.class, n -> n);

  @Test
  void droppedInstancesAreFreedAndCounted() {
    long before = Wasm.reclaimed();
    for (int i = 0; i < 10; i++) {
      WasmInstance dropped = WasmInstance.open(Modules.calculator(), OPTIONS);
      assertThat(dropped.function("add").call(1, 2)).containsExactly(3);
    }
    Eventually.until(() -> Wasm.liveHandles() == 0);
    assertThat(Wasm.reclaimed() - before).isEqualTo(10);
    assertThat(Wasm.nativeBytes()).isZero();
  }

  @Test
  void closedInstancesAreNotCounted() {
    long before = Wasm.reclaimed();
    for (int i = 0; i < 10; i++) {
      try (WasmInstance instance = WasmInstance.open(Modules.calculator(), OPTIONS)) {
        assertThat(instance.function("add").call(1, 2)).containsExactly(3);
        assertThat(reclaimerRuns()).as("while an instance is open").isTrue();
      }
    }
    // The reclaimer's thread ends when there is nothing left to free, so then it has counted
    // everything.
    Eventually.until(() -> !reclaimerRuns());
    assertThat(Wasm.reclaimed()).isEqualTo(before);
  }

  private static boolean reclaimerRuns() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("stowage-reclaimer"));
  }

  @Test
  void whatBelongsToAnInstanceKeepsIt() throws InterruptedException {
    LongUnaryOperator function =
        WasmInstance.open(Modules.calculator(), OPTIONS)
            .function("callHost")
            .as(LongUnaryOperator.class);
    WasmMemory memory = WasmInstance.open(Modules.calculator(), OPTIONS).memory("memory");
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(30);
      assertThat(function.applyAsLong(i)).isEqualTo(i);
      assertThat(memory.size()).isEqualTo(65536);
    }
    assertThat(Wasm.liveHandles()).isEqualTo(2);
    function = null;
    memory = null;
    Eventually.until(() -> Wasm.liveHandles() == 0);
  }

  @Test
  void callThatRunsKeepsItsInstanceAndItsToken() {
    InstanceOptions collecting =
        InstanceOptions.defaults()
            .withHost(
                "host",
                "call",
                LongUnaryOperator.class,
                n -> {
                  System.gc();
                  return n;
                });
    long before = Wasm.reclaimed();
    for (int i = 0; i < 20; i++) {
      // Only the call itself refers to instance and token.
      assertThat(
              WasmInstance.open(
                      Modules.calculator(), collecting.withCancelToken(CancelToken.open()))
                  .function("callHost")
                  .call(i))
          .containsExactly(i);
    }
    Eventually.until(() -> Wasm.liveHandles() == 0);
    assertThat(Wasm.reclaimed() - before).isEqualTo(40);
  }
}
