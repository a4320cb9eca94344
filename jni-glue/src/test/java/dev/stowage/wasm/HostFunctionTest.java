package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.BUSY;
import static dev.stowage.wasm.WasmException.Code.CLOSED;
import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static dev.stowage.wasm.WasmException.Code.MISSING_IMPORT;
import static dev.stowage.wasm.WasmException.Code.WRONG_ARGUMENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class HostFunctionTest {
  private static final String ALL = "(i32, i64, f32, f64) -> (f64, f32, i64, i32)";
  private static final FunctionType I64 = FunctionType.parse("(i64) -> (i64)");

  @Test
  void allTypesAndResultsPassBitByBit() {
    List<long[]> seen = new ArrayList<>();
    HostFunction host =
        (instance, args) -> {
          seen.add(args);
          return new long[] {args[3], args[2], args[1], args[0]};
        };
    try (WasmInstance echo = open(ALL, host)) {
      long nan = 0x7ff0_0000_0000_0001L;
      long[] args = {-1L, Long.MIN_VALUE, 0xffff_ffff_ff80_0001L, nan};
      assertThat(echo.function("call").call(args))
          .containsExactly(nan, 0xff80_0001L, Long.MIN_VALUE, 0xffff_ffffL);
      assertThat(seen.get(0)).containsExactly(0xffff_ffffL, Long.MIN_VALUE, 0xff80_0001L, nan);
      echo.function("call").call(1, 2, 3, 4);
      assertThat(seen.get(0)).as("belongs to the function").contains(nan);
    }
  }

  @Test
  void highHalvesOfResultsAreIgnored() {
    try (WasmInstance echo = open("(i32) -> (i32)", (instance, args) -> new long[] {-1L})) {
      assertThat(echo.function("call").call(0)).containsExactly(0xffff_ffffL);
    }
  }

  @Test
  void lambdasOfEachType() {
    InstanceOptions options =
        InstanceOptions.defaults()
            .withHost("host", "f", Mixed.class, (a, b, c, d) -> a + b + c + d);
    try (WasmInstance echo =
        WasmInstance.open(Modules.echo("(i32, i64, f32, f64) -> (f64)"), options)) {
      Mixed bound = echo.function("call").as(Mixed.class);
      assertThat(bound.apply(1, 2, 0.5f, 0.25)).isEqualTo(3.75);
    }
    List<Integer> seen = new ArrayList<>();
    InstanceOptions sink =
        InstanceOptions.defaults().withHost("host", "f", IntSink.class, seen::add);
    try (WasmInstance echo = WasmInstance.open(Modules.echo("(i32) -> ()"), sink)) {
      echo.function("call").call(-7);
      assertThat(seen).containsExactly(-7);
    }
  }

  @Test
  void lambdasThatWillNotDo() {
    InstanceOptions options = InstanceOptions.defaults();
    Fails.with(INVALID_ARGUMENT, () -> options.withHost("host", "f", Supplier.class, () -> 1))
        .contains("java.util.function.Supplier.get");
    Fails.with(INVALID_ARGUMENT, () -> options.withHost("host", "f", Slots.class, () -> null))
        .contains("FunctionType");
    Fails.with(
            INVALID_ARGUMENT,
            () -> options.withHost("h\uD800", "f", LongUnaryOperator.class, n -> n))
        .startsWith("module: lone surrogate");
    Fails.with(INVALID_ARGUMENT, () -> options.withHost("h", "\uDC00f", I64, (i, a) -> a))
        .startsWith("name: lone surrogate");
    assertThatThrownBy(() -> options.withHost("h", "f", LongUnaryOperator.class, null))
        .hasMessage("function");
    assertThatThrownBy(() -> options.withHost(null, "f", I64, (i, a) -> a)).hasMessage("module");
    assertThatThrownBy(() -> options.withHost("h", null, I64, (i, a) -> a)).hasMessage("name");
    assertThatThrownBy(() -> options.withHost("h", "f", (FunctionType) null, (i, a) -> a))
        .hasMessage("type");
  }

  @Test
  void importOfAnotherTypeIsMissing() {
    InstanceOptions options =
        InstanceOptions.defaults().withHost("host", "f", IntUnaryOperator.class, n -> n);
    Fails.with(MISSING_IMPORT, () -> WasmInstance.open(Modules.echo("(i64) -> (i64)"), options))
        .contains("host.f")
        .contains("(i64) -> (i64)")
        .contains("(i32) -> (i32)");
  }

  @Test
  void sameImportTwiceIsRefused() {
    InstanceOptions twice =
        InstanceOptions.defaults()
            .withHost("host", "f", LongUnaryOperator.class, n -> n)
            .withHost("host", "f", LongUnaryOperator.class, n -> n + 1);
    Fails.with(INVALID_ARGUMENT, () -> WasmInstance.open(Modules.echo("(i64) -> (i64)"), twice))
        .contains("host.f");
  }

  @Test
  void resultsAreCounted() {
    HostFunction two = (instance, args) -> new long[2];
    try (WasmInstance echo = open("(i64) -> (i64)", two)) {
      Fails.with(WRONG_ARGUMENTS, () -> echo.function("call").call(1))
          .isEqualTo("host function 'host.f' is (i64) -> (i64): it must return 1 slots, not 2");
    }
    HostFunction none = (instance, args) -> null;
    try (WasmInstance echo = open("(i64) -> (i64)", none)) {
      Fails.with(WRONG_ARGUMENTS, () -> echo.function("call").call(1)).endsWith("not 0");
    }
    try (WasmInstance echo = open("(i64) -> ()", none)) {
      assertThat(echo.function("call").call(1)).isEmpty();
    }
  }

  @Test
  void whatItThrowsComesOutUnchanged() {
    for (Throwable thrown :
        new Throwable[] {
          new IllegalStateException("mine"), new StackOverflowError(), new Exception("checked")
        }) {
      LongUnaryOperator throwing = n -> HostFunctionTest.<RuntimeException, Long>sneak(thrown);
      InstanceOptions typed =
          InstanceOptions.defaults().withHost("host", "f", LongUnaryOperator.class, throwing);
      try (WasmInstance lambda = WasmInstance.open(Modules.echo("(i64) -> (i64)"), typed);
          WasmInstance raw = open("(i64) -> (i64)", (i, a) -> sneak(thrown))) {
        assertThat(catchThrowable(() -> lambda.function("call").call(1))).isSameAs(thrown);
        assertThat(catchThrowable(() -> raw.function("call").call(1))).isSameAs(thrown);
        assertThat(catchThrowable(raw.function("call").callAsync(1)::join).getCause())
            .isSameAs(thrown);
      }
    }
  }

  @Test
  void mayUseMemoriesOfItsInstanceButNotItsFunctions() {
    AtomicReference<Throwable> refused = new AtomicReference<>();
    LongUnaryOperator nested =
        n -> {
          throw new AssertionError("must not be reached");
        };
    HostFunction host =
        (instance, args) -> {
          WasmMemory memory = instance.memory("memory");
          memory.write(0, new byte[] {(byte) args[0]});
          assertThat(memory.grow(1)).isEqualTo(1);
          assertThat(memory.<Integer>view(bytes -> bytes.capacity())).isEqualTo(2 * 65536);
          refused.set(catchThrowable(() -> instance.function("callHost").call(1)));
          return new long[] {memory.read(0, 1)[0]};
        };
    InstanceOptions options = InstanceOptions.defaults().withHost("host", "call", I64, host);
    try (WasmInstance instance = WasmInstance.open(Modules.calculator(), options)) {
      assertThat(instance.function("callHost").call(99)).containsExactly(99);
      assertThat(((WasmException) refused.get()).code()).isEqualTo(BUSY);
      assertThat(instance.memory("memory").size()).isEqualTo(2 * 65536);
      assertThat(nested).isNotNull();
    }
  }

  @Test
  void startFunctionReachesTheHostAndTheHostItsInstance() {
    List<String> seen = new ArrayList<>();
    AtomicReference<WasmInstance> caller = new AtomicReference<>();
    HostFunction host =
        (instance, args) -> {
          instance.memory("memory").write(8, new byte[] {(byte) args[0]});
          seen.add("called with " + args[0]);
          caller.set(instance);
          return args;
        };
    InstanceOptions options = InstanceOptions.defaults().withHost("host", "call", I64, host);
    try (WasmInstance instance = WasmInstance.open(Modules.startCallsHost(), options)) {
      assertThat(seen).containsExactly("called with 7");
      assertThat(caller.get()).isSameAs(instance);
      assertThat(instance.memory("memory").read(8, 1)).containsExactly(7);
    }
  }

  @Test
  void startFunctionWhoseHostThrowsLeavesNothing() {
    RuntimeException thrown = new IllegalStateException("at start");
    AtomicReference<WasmInstance> caller = new AtomicReference<>();
    HostFunction host =
        (instance, args) -> {
          caller.set(instance);
          throw thrown;
        };
    InstanceOptions options = InstanceOptions.defaults().withHost("host", "call", I64, host);
    assertThat(catchThrowable(() -> WasmInstance.open(Modules.startCallsHost(), options)))
        .isSameAs(thrown);
    assertThat(Wasm.liveHandles()).isZero();
    Fails.with(CLOSED, () -> caller.get().memory("memory")).isNotBlank();
    caller.get().close();
  }

  @Test
  void startFunctionWhoseHostClosesLeavesNothing() {
    HostFunction host =
        (instance, args) -> {
          instance.close();
          return args;
        };
    InstanceOptions options = InstanceOptions.defaults().withHost("host", "call", I64, host);
    try {
      WasmInstance instance = WasmInstance.open(Modules.startCallsHost(), options);
      Fails.with(CLOSED, () -> instance.memory("memory")).isNotBlank();
      instance.close();
    } catch (WasmException e) {
      assertThat(e.code()).isEqualTo(CLOSED);
    }
    assertThat(Wasm.liveHandles()).isZero();
  }

  private static WasmInstance open(String type, HostFunction host) {
    InstanceOptions options =
        InstanceOptions.defaults().withHost("host", "f", FunctionType.parse(type), host);
    return WasmInstance.open(Modules.echo(type), options);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable, T> T sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private interface Mixed {
    double apply(int a, long b, float c, double d);
  }

  private interface IntSink {
    void accept(int value);
  }

  private interface Slots {
    long[] get();
  }
}
