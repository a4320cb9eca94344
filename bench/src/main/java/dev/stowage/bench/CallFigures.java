package dev.stowage.bench;

import dev.stowage.wasm.FunctionType;
import dev.stowage.wasm.HostFunction;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.WasmFunction;
import dev.stowage.wasm.WasmInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * Measures calls of a WebAssembly function, and of a host function by it, through Java and with
 * wasmi in Rust.
 *
 * <p>Usage: {@code CallFigures calls|host rounds peer directory}; prints one line of the table that
 * ci/bench heads.
 */
public final class CallFigures {
  private static final int CALLS = 1_000_000;
  private static final FunctionType HOST_TYPE = FunctionType.parse("(i64) -> (i64)");

  /** The default fuel is enough for a million calls. */
  private static final InstanceOptions OPTIONS = InstanceOptions.defaults();

  private CallFigures() {}

  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[1]);
    Path module = Files.write(Path.of(args[3], "calls.wasm"), CallModule.bytes());
    try (Peer rust = new Peer(args[2])) {
      if (args[0].equals("calls")) {
        calls(rounds, rust, module);
      } else {
        host(rounds, rust, module);
      }
    }
  }

  private static void calls(int rounds, Peer rust, Path module) throws Exception {
    try (WasmInstance instance = open(OPTIONS.withHost("host", "call", HOST_TYPE, same()))) {
      WasmFunction add = instance.function("add");
      LongBinaryOperator lambda = add.as(LongBinaryOperator.class);
      tableLine(
          new Rounds(
              rounds,
              CALLS,
              count -> slots(add, count),
              count -> lambda(lambda, count),
              count -> rust.nanos("calls", module, count),
              count -> rust.nanos("calls-typed", module, count)));
    }
  }

  private static long slots(WasmFunction add, int count) {
    long start = System.nanoTime();
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum = add.call(sum, i)[0];
    }
    return since(start, sum, count);
  }

  private static long lambda(LongBinaryOperator add, int count) {
    long start = System.nanoTime();
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum = add.applyAsLong(sum, i);
    }
    return since(start, sum, count);
  }

  /** Checks the sum: a wrong one means that something else than the calls was measured. */
  private static long since(long start, long sum, int count) {
    long nanos = System.nanoTime() - start;
    if (sum != (long) count * (count - 1) / 2) {
      throw new IllegalStateException("the sum is " + sum);
    }
    return nanos;
  }

  private static void host(int rounds, Peer rust, Path module) throws Exception {
    InstanceOptions typed =
        OPTIONS.withHost("host", "call", LongUnaryOperator.class, value -> value);
    try (WasmInstance slots = open(OPTIONS.withHost("host", "call", HOST_TYPE, same()));
        WasmInstance lambda = open(typed)) {
      tableLine(
          new Rounds(
              rounds,
              CALLS,
              count -> loop(slots.function("loop"), count),
              count -> loop(lambda.function("loop"), count),
              count -> rust.nanos("host", module, count)));
    }
  }

  private static long loop(WasmFunction loop, int count) {
    long start = System.nanoTime();
    loop.call(count);
    return System.nanoTime() - start;
  }

  private static HostFunction same() {
    return (instance, arguments) -> arguments;
  }

  private static WasmInstance open(InstanceOptions options) {
    return WasmInstance.open(CallModule.bytes(), options);
  }

  private static void tableLine(Rounds figures) throws IOException {
    StringBuilder line = new StringBuilder("| " + MeasuredJvm.running());
    for (int way = 0; way < figures.ways(); way++) {
      line.append(String.format(Locale.ROOT, " | %.0f", figures.nanos(way)));
    }
    System.out.printf(Locale.ROOT, "%s | %.2fx |%n", line, figures.ratio(0, 2));
  }
}
