package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.CALL_DEPTH;
import static dev.stowage.wasm.WasmException.Code.CANCELED;
import static dev.stowage.wasm.WasmException.Code.CLOSED;
import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static dev.stowage.wasm.WasmException.Code.TRAP;
import static dev.stowage.wasm.WasmException.Code.WRONG_ARGUMENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stowage.wasm.fixture.Assembler;
import dev.stowage.wasm.fixture.Eventually;
import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class WasmFunctionTest {
  private static final long[] EDGES = {
    0,
    1,
    -1,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0xffff_ffffL,
    0x7fc0_0001L,
    0x7f80_0001L,
    0xff80_0001L,
    0x7ff8_0000_0000_0001L,
    0x7ff0_0000_0000_0001L,
    0xfff0_0000_0000_0001L
  };

  private final WasmInstance instance = WasmInstance.open(module(), InstanceOptions.defaults());

  @AfterEach
  void close() {
    instance.close();
  }

  @Test
  void allTypesAndResultsPassBitByBit() {
    WasmFunction swap = instance.function("swap");
    assertThat(swap.type()).hasToString("(i32, i64, f32, f64) -> (f64, f32, i64, i32)");
    Random random = new Random(9);
    for (int i = 0; i < 2000; i++) {
      long a = i < EDGES.length ? EDGES[i] : random.nextLong();
      long low = a & 0xffff_ffffL;
      assertThat(swap.call(a, a, a, a)).containsExactly(a, low, a, low);
    }
  }

  @Test
  void manyParametersAndResults() {
    for (int count : new int[] {15, 16, 17, 100, 1000}) {
      String list = "i64" + ", i64".repeat(count - 1);
      HostFunction reverse =
          (caller, args) -> {
            long[] results = new long[args.length];
            for (int i = 0; i < args.length; i++) {
              results[args.length - 1 - i] = args[i];
            }
            return results;
          };
      String type = "(" + list + ") -> (" + list + ")";
      InstanceOptions options =
          InstanceOptions.defaults().withHost("host", "f", FunctionType.parse(type), reverse);
      try (WasmInstance echo = WasmInstance.open(Modules.echo(type), options)) {
        long[] args = new Random(count).longs(count).toArray();
        long[] results = echo.function("call").call(args);
        for (int i = 0; i < count; i++) {
          assertThat(results[count - 1 - i]).isEqualTo(args[i]);
        }
      }
    }
  }

  @Test
  void becomesALambda() {
    assertThat(instance.function("add32").as(IntBinaryOperator.class).applyAsInt(-3, 2))
        .isEqualTo(-1);
    assertThat(instance.function("add64").as(LongBinaryOperator.class).applyAsLong(1L << 40, 2))
        .isEqualTo((1L << 40) + 2);
    assertThat(instance.function("addF64").as(DoubleBinaryOperator.class).applyAsDouble(0.5, 0.25))
        .isEqualTo(0.75);
    assertThat(instance.function("addF32").as(FloatOperator.class).apply(0.5f, 0.25f))
        .isEqualTo(0.75f);
    instance.function("nothing").as(Runnable.class).run();
    assertThat(instance.function("swap").as(Swap.class).swap(1, 2, 3.0f, 4.0)[2]).isEqualTo(2);
  }

  @Test
  void lambdaOfAnotherTypeIsNamedWithBoth() {
    Fails.with(WRONG_ARGUMENTS, () -> instance.function("add64").as(IntBinaryOperator.class))
        .isEqualTo(
            "function 'add64' is (i64, i64) -> (i64), but java.util.function.IntBinaryOperator is (i32,"
                + " i32) -> (i32)");
    Fails.with(WRONG_ARGUMENTS, () -> instance.function("add64").as(Runnable.class))
        .endsWith("java.lang.Runnable is () -> ()");
    Fails.with(WRONG_ARGUMENTS, () -> instance.function("add64").as(Swap.class))
        .endsWith("Swap is (i32, i64, f32, f64) -> long[]");
    Fails.with(WRONG_ARGUMENTS, () -> instance.function("swap").as(LongSupplier.class))
        .isNotBlank();
  }

  @Test
  void onlyFunctionalInterfacesOfNumbersWillDo() {
    WasmFunction add = instance.function("add64");
    for (Class<?> wrong : new Class<?>[] {String.class, List.class, Cloneable.class, int.class}) {
      Fails.with(INVALID_ARGUMENT, () -> add.as(wrong))
          .isEqualTo(wrong.getName() + " is not an interface with a single abstract method");
    }
    Fails.with(INVALID_ARGUMENT, () -> add.as(Function.class))
        .startsWith("java.util.function.Function.apply has type java.lang.Object, which")
        .endsWith("use int, long, float or double, and void or long[] for the result");
    Fails.with(INVALID_ARGUMENT, () -> add.as(Comparator.class)).contains("Comparator.compare");
    assertThatThrownBy(() -> add.as(null)).hasMessage("type");
  }

  @Test
  void lambdaIsAnObject() {
    LongUnaryOperator twice = instance.function("twice").as(LongUnaryOperator.class);
    LongUnaryOperator again = instance.function("twice").as(LongUnaryOperator.class);
    assertThat(twice).isNotEqualTo(again).hasToString("twice (i64) -> (i64)");
    assertThat(new HashSet<>(List.of(twice, again))).hasSize(2).contains(twice);
    assertThatThrownBy(() -> twice.andThen(again))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("andThen");
    LongUnaryOperator real = twice::applyAsLong;
    assertThat(real.andThen(again::applyAsLong).applyAsLong(3)).isEqualTo(12);
  }

  @Test
  void failuresComeThroughTheLambda() {
    Runnable trap = instance.function("trap").as(Runnable.class);
    Fails.with(TRAP, trap::run).contains("'trap'");
    instance.close();
    Fails.with(CLOSED, trap::run).isNotBlank();
  }

  @Test
  void endlessRecursionIsTyped() {
    Fails.with(CALL_DEPTH, () -> instance.function("dive").call()).isNotBlank();
    InstanceOptions flat = InstanceOptions.defaults().withCallDepth(5);
    try (WasmInstance shallow = WasmInstance.open(module(), flat)) {
      Fails.with(CALL_DEPTH, () -> shallow.function("dive").call()).contains("5");
      assertThat(shallow.function("twice").call(4)).containsExactly(8);
    }
  }

  @Test
  void argumentsAreCounted() {
    WasmFunction add = instance.function("add64");
    for (int count : new int[] {0, 1, 3, 17, 100_000}) {
      Fails.with(WRONG_ARGUMENTS, () -> add.call(new long[count]))
          .contains("add64")
          .contains(Integer.toString(count));
    }
    assertThatThrownBy(() -> add.call((long[]) null)).hasMessage("slots");
  }

  @Test
  void futuresCompleteWithResultsAndFailures() {
    assertThat(instance.function("twice").callAsync(21).join()).containsExactly(42);
    Throwable thrown = catchThrowable(instance.function("trap").callAsync()::join);
    assertThat(((WasmException) thrown.getCause()).code()).isEqualTo(TRAP);
    List<Runnable> tasks = new ArrayList<>();
    long[] args = {21};
    CompletableFuture<long[]> later = instance.function("twice").callAsync(tasks::add, args);
    args[0] = 0;
    tasks.get(0).run();
    assertThat(later.join()).containsExactly(42);
    assertThatThrownBy(() -> instance.function("twice").callAsync(null, 1)).hasMessage("executor");
  }

  @Test
  void futureThatIsCanceledStopsTheCall() {
    InstanceOptions endless = InstanceOptions.defaults().withFuel(Long.MAX_VALUE);
    try (WasmInstance spinning = WasmInstance.open(module(), endless)) {
      CompletableFuture<long[]> future = spinning.function("loop").callAsync();
      Eventually.until(() -> Wasm.liveHandles() == 3);
      assertThat(future.cancel(true)).isTrue();
      assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
      // Waits until the other call has stopped.
      assertThat(spinning.function("twice").call(1)).containsExactly(2);
    }
    Eventually.until(() -> Wasm.liveHandles() == 1);
  }

  @Test
  void tokenCancelsBeforeTheStart() {
    try (CancelToken token = CancelToken.open()) {
      WasmFunction add = instance.function("add64").withCancelToken(token);
      assertThat(add.call(1, 2)).containsExactly(3);
      token.cancel();
      Fails.with(CANCELED, () -> add.call(1, 2)).isNotBlank();
      assertThat(instance.function("add64").call(1, 2)).containsExactly(3);
      Throwable thrown = catchThrowable(add.callAsync(1, 2)::join);
      assertThat(((WasmException) thrown.getCause()).code()).isEqualTo(CANCELED);
    }
  }

  @Test
  void tokenCancelsWhileItRunsAndWhileItWaits() throws Exception {
    InstanceOptions endless = InstanceOptions.defaults().withFuel(Long.MAX_VALUE);
    try (WasmInstance spinning = WasmInstance.open(module(), endless);
        CancelToken first = CancelToken.open();
        CancelToken second = CancelToken.open()) {
      CountDownLatch begun = new CountDownLatch(2);
      List<Throwable> ends = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (CancelToken token : List.of(first, second)) {
        WasmFunction loop = spinning.function("loop").withCancelToken(token);
        Thread thread =
            new Thread(
                () -> {
                  begun.countDown();
                  Throwable end = catchThrowable(loop::call);
                  synchronized (ends) {
                    ends.add(end);
                  }
                });
        thread.start();
        threads.add(thread);
        Thread.sleep(100);
      }
      begun.await();
      second.cancel();
      threads.get(1).join();
      first.cancel();
      threads.get(0).join();
      assertThat(ends)
          .extracting(e -> ((WasmException) e).code())
          .containsExactly(CANCELED, CANCELED);
      assertThat(spinning.function("twice").call(1)).containsExactly(2);
    }
  }

  @Test
  void closedTokenIsRefused() {
    CancelToken token = CancelToken.open();
    WasmFunction add = instance.function("add64").withCancelToken(token);
    token.close();
    Fails.with(CLOSED, () -> add.call(1, 2)).contains("cancel token");
    Fails.with(
        CLOSED,
        () -> WasmInstance.open(module(), InstanceOptions.defaults().withCancelToken(token)));
    assertThatThrownBy(() -> add.withCancelToken(null)).hasMessage("token");
  }

  @Test
  void tokenOfTheOptionsServesOpeningAndCalls() {
    try (CancelToken token = CancelToken.open()) {
      InstanceOptions options = InstanceOptions.defaults().withCancelToken(token);
      try (WasmInstance canceled = WasmInstance.open(module(), options)) {
        token.cancel();
        Fails.with(CANCELED, () -> canceled.function("add64").call(1, 2)).isNotBlank();
      }
      Fails.with(CANCELED, () -> WasmInstance.open(Modules.startTraps(), options)).isNotBlank();
    }
  }

  private interface FloatOperator {
    float apply(float a, float b);
  }

  private interface Swap {
    long[] swap(int a, long b, float c, double d);
  }

  private static byte[] module() {
    Assembler module = new Assembler();
    module.function("add32", "(i32, i32) -> (i32)", 0x20, 0, 0x20, 1, 0x6a);
    module.function("add64", "(i64, i64) -> (i64)", 0x20, 0, 0x20, 1, 0x7c);
    module.function("addF32", "(f32, f32) -> (f32)", 0x20, 0, 0x20, 1, 0x92);
    module.function("addF64", "(f64, f64) -> (f64)", 0x20, 0, 0x20, 1, 0xa0);
    module.function("twice", "(i64) -> (i64)", 0x20, 0, 0x20, 0, 0x7c);
    module.function("nothing", "() -> ()");
    module.function("trap", "() -> ()", 0x00);
    module.function("loop", "() -> ()", 0x03, 0x40, 0x0c, 0, 0x0b);
    String swapped = "(i32, i64, f32, f64) -> (f64, f32, i64, i32)";
    module.function("swap", swapped, 0x20, 3, 0x20, 2, 0x20, 1, 0x20, 0);
    module.function("dive", "() -> ()", 0x10, 9);
    return module.build();
  }
}
