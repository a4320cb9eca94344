package dev.stowage.bench;

import dev.stowage.wasm.FunctionType;
import dev.stowage.wasm.HostFunction;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmFunction;
import dev.stowage.wasm.WasmInstance;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Calls in which the conversions of the shim are a good part of the time. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class SmallCalls {
  private static final HostFunction SAME = (instance, arguments) -> arguments;

  private final byte[] few = new byte[16];
  private WasmInstance instance;
  private WasmFunction add;

  @Setup
  public void open() {
    FunctionType type = FunctionType.parse("(i64) -> (i64)");
    InstanceOptions options = InstanceOptions.defaults().withHost("host", "call", type, SAME);
    instance = WasmInstance.open(CallModule.bytes(), options);
    add = instance.function("add");
  }

  @TearDown
  public void close() {
    instance.close();
  }

  /** A byte[] in, a byte[] out. */
  @Benchmark
  public byte[] bytes() {
    return Wasm.sha256(few);
  }

  /** A text out. */
  @Benchmark
  public String text() {
    return Wasm.version();
  }

  /** A text in, a text and a number out. */
  @Benchmark
  public WasmFunction name() {
    return instance.function("add");
  }

  /** Two long slots in, one out. */
  @Benchmark
  public long[] slots() {
    return add.call(1, 2);
  }
}
