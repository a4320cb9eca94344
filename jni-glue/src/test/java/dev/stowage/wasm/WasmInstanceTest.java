package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.BUSY;
import static dev.stowage.wasm.WasmException.Code.CLOSED;
import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static dev.stowage.wasm.WasmException.Code.INVALID_MODULE;
import static dev.stowage.wasm.WasmException.Code.MISSING_IMPORT;
import static dev.stowage.wasm.WasmException.Code.OUT_OF_FUEL;
import static dev.stowage.wasm.WasmException.Code.TOO_LARGE;
import static dev.stowage.wasm.WasmException.Code.TRAP;
import static dev.stowage.wasm.WasmException.Code.UNKNOWN_EXPORT;
import static dev.stowage.wasm.WasmException.Code.WRONG_ARGUMENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class WasmInstanceTest {
  private static final InstanceOptions TWICE = host(n -> 2 * n);

  @Test
  void callsExports() {
    try (WasmInstance instance = open(TWICE)) {
      assertThat(call(instance, "add", 40, 2)).isEqualTo(42);
      assertThat(call(instance, "add", Long.MAX_VALUE, 1)).isEqualTo(Long.MIN_VALUE);
      assertThat(call(instance, "callHost", -21)).isEqualTo(-42);
    }
  }

  @Test
  void countsWhatLives() {
    WasmInstance instance = open(TWICE);
    assertThat(Wasm.liveHandles()).isEqualTo(1);
    assertThat(Wasm.nativeBytes()).isGreaterThanOrEqualTo(65536);
    instance.close();
    assertThat(Wasm.liveHandles()).isZero();
  }

  @Test
  void trapLeavesTheInstanceUsable() {
    try (WasmInstance instance = open(TWICE)) {
      Fails.with(TRAP, () -> call(instance, "divide", 1, 0)).containsIgnoringCase("divide by zero");
      assertThat(call(instance, "divide", 9, 3)).isEqualTo(3);
    }
  }

  @Test
  void endlessLoopRunsOutOfFuel() {
    try (WasmInstance instance = open(TWICE.withFuel(1_000_000))) {
      Fails.with(OUT_OF_FUEL, () -> call(instance, "loop")).contains("loop").contains("fuel");
      assertThat(call(instance, "add", 1, 2)).isEqualTo(3);
    }
    try (WasmInstance instance = open(TWICE.withFuel(0))) {
      Fails.with(OUT_OF_FUEL, () -> call(instance, "add", 1, 2));
    }
  }

  @Test
  void refusesNegativeFuel() {
    Fails.with(INVALID_ARGUMENT, () -> TWICE.withFuel(-1)).isEqualTo("fuel: -1 is negative");
  }

  @Test
  void wrongArgumentsAreNamed() {
    try (WasmInstance instance = open(TWICE)) {
      Fails.with(WRONG_ARGUMENTS, () -> call(instance, "add", 1)).contains("add").contains("2");
      Fails.with(WRONG_ARGUMENTS, () -> call(instance, "add", new long[1000])).contains("1000");
    }
  }

  @Test
  void unknownExportListsTheKnown() {
    try (WasmInstance instance = open(TWICE)) {
      Fails.with(UNKNOWN_EXPORT, () -> call(instance, "substract", 1, 2))
          .contains("substract")
          .contains("add");
      Fails.with(UNKNOWN_EXPORT, () -> call(instance, "")).isNotBlank();
      Fails.with(UNKNOWN_EXPORT, () -> call(instance, "add\0", 1, 2)).isNotBlank();
      Fails.with(UNKNOWN_EXPORT, () -> call(instance, "x".repeat(70_000))).isNotBlank();
      Fails.with(UNKNOWN_EXPORT, () -> call(instance, "\uD83D\uDEA2")).contains("\uD83D\uDEA2");
    }
  }

  @Test
  void loneSurrogateIsNamedWithItsIndex() {
    try (WasmInstance instance = open(TWICE)) {
      Fails.with(INVALID_ARGUMENT, () -> call(instance, "ad\uD83D"))
          .startsWith("export name: lone surrogate U+D83D at index 2;");
    }
  }

  @Test
  void modulesThatDoNotOpen() {
    Fails.with(INVALID_MODULE, () -> WasmInstance.open(new byte[] {1, 2, 3}, TWICE));
    Fails.with(MISSING_IMPORT, () -> WasmInstance.open(Modules.foreignImport(), TWICE))
        .contains("env")
        .contains("abort");
    Fails.with(TOO_LARGE, () -> WasmInstance.open(Modules.hugeMemory(), TWICE))
        .contains("65536 pages")
        .contains("4096");
    Fails.with(TRAP, () -> WasmInstance.open(Modules.startTraps(), TWICE))
        .containsIgnoringCase("unreachable");
  }

  @Test
  void startFunctionReachesTheHost() {
    List<Long> seen = new ArrayList<>();
    LongUnaryOperator host =
        n -> {
          seen.add(n);
          return n;
        };
    WasmInstance.open(Modules.startCallsHost(), host(host)).close();
    assertThat(seen).containsExactly(7L);
    RuntimeException thrown = new IllegalStateException("at start");
    InstanceOptions bad = host(throwing(thrown));
    assertThat(catchThrowable(() -> WasmInstance.open(Modules.startCallsHost(), bad)))
        .isSameAs(thrown);
  }

  @Test
  void missingHostFunctionIsAnError() {
    Fails.with(MISSING_IMPORT, () -> open(InstanceOptions.defaults()))
        .contains("host.call")
        .contains("(i64) -> (i64)");
  }

  @Test
  void whatTheHostFunctionThrowsComesOutUnchanged() {
    for (Throwable thrown :
        new Throwable[] {
          new IllegalStateException("mine"), new StackOverflowError(), new Exception("checked")
        }) {
      try (WasmInstance instance = open(host(throwing(thrown)))) {
        assertThat(catchThrowable(() -> call(instance, "callHost", 1))).isSameAs(thrown);
        assertThat(call(instance, "add", 1, 1)).isEqualTo(2);
      }
    }
  }

  @Test
  void reentrantCallIsBusy() {
    WasmInstance[] self = new WasmInstance[1];
    LongUnaryOperator host = n -> call(self[0], "add", n, 1);
    try (WasmInstance instance = open(host(host))) {
      self[0] = instance;
      Fails.with(BUSY, () -> call(instance, "callHost", 1)).isNotBlank();
      assertThat(call(instance, "add", 1, 1)).isEqualTo(2);
    }
  }

  @Test
  void hostFunctionMayCallAnotherInstance() {
    try (WasmInstance inner = open(TWICE);
        WasmInstance outer = open(host(n -> call(inner, "callHost", n) + 1))) {
      assertThat(call(outer, "callHost", 20)).isEqualTo(41);
    }
  }

  @Test
  void hostFunctionMayCloseItsInstance() {
    WasmInstance[] self = new WasmInstance[1];
    LongUnaryOperator host =
        n -> {
          self[0].close();
          return n;
        };
    self[0] = open(host(host));
    assertThat(call(self[0], "callHost", 5)).isEqualTo(5);
    Fails.with(CLOSED, () -> call(self[0], "callHost", 5));
  }

  @Test
  void closeTwiceAndUseAfterCloseFromAnotherThread() throws Exception {
    WasmInstance instance = open(TWICE);
    Thread closer = new Thread(instance::close);
    closer.start();
    closer.join();
    instance.close();
    Fails.with(CLOSED, () -> call(instance, "add", 1, 1)).containsIgnoringCase("closed");
    // The slot of the closed handle may be used again; the generation distinguishes the two
    // handles.
    try (WasmInstance next = open(TWICE)) {
      Fails.with(CLOSED, () -> call(instance, "add", 1, 1));
      assertThat(call(next, "add", 1, 1)).isEqualTo(2);
    }
  }

  @Test
  void threadsShareAnInstance() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (WasmInstance instance = open(TWICE)) {
      CountDownLatch begin = new CountDownLatch(1);
      List<Future<Long>> sums = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        sums.add(
            pool.submit(
                () -> {
                  begin.await();
                  long sum = 0;
                  for (int i = 0; i < 20_000; i++) {
                    sum += call(instance, "callHost", i);
                  }
                  return sum;
                }));
      }
      begin.countDown();
      for (Future<Long> sum : sums) {
        assertThat(sum.get()).isEqualTo(20_000L * 19_999);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void closeRacesWithCalls() throws Exception {
    for (int round = 0; round < 200; round++) {
      WasmInstance instance = open(TWICE);
      CountDownLatch called = new CountDownLatch(1);
      Thread caller =
          new Thread(
              () ->
                  Fails.with(
                      CLOSED,
                      () -> {
                        while (true) {
                          call(instance, "callHost", 1);
                          called.countDown();
                        }
                      }));
      List<Throwable> uncaught = new ArrayList<>();
      caller.setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
      caller.start();
      called.await();
      instance.close();
      caller.join();
      assertThat(uncaught).isEmpty();
    }
  }

  private static InstanceOptions host(LongUnaryOperator function) {
    return InstanceOptions.defaults().withHost("host", "call", LongUnaryOperator.class, function);
  }

  private static long call(WasmInstance instance, String name, long... args) {
    long[] results = instance.function(name).call(args);
    return results.length == 0 ? 0 : results[0];
  }

  private static WasmInstance open(InstanceOptions options) {
    return WasmInstance.open(Modules.calculator(), options);
  }

  private static LongUnaryOperator throwing(Throwable thrown) {
    return n -> WasmInstanceTest.<RuntimeException, Long>sneak(thrown);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable, T> T sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
