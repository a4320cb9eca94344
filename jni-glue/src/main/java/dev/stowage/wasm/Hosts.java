package dev.stowage.wasm;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * What one instance calls back into: its host functions by their place in the import list, and its
 * output.
 *
 * <p>Arguments and results cross in {@link #exchange}, memory that Java and the shim share: one
 * call into Java each, and no array. One is enough, for an instance runs one call at a time, and no
 * call of it can begin in a host function. Its layout, in native byte order: u64 where the slots
 * begin; per import u32 parameters and u32 results; the slots.
 */
final class Hosts {
  private final List<Provided> provided;
  private final WasiOptions wasi;
  private final int slots;

  /** Null if there is no host function. */
  final ByteBuffer exchange;

  /** Set before any callback can come. */
  WasmInstance instance;

  Hosts(InstanceOptions options) {
    provided = options.provided();
    wasi = options.wasi();
    int most = -1;
    for (Provided one : provided) {
      if (one.function != null) {
        FunctionType type = one.functionType;
        most = Math.max(most, Math.max(type.parameters().size(), type.results().size()));
      }
    }
    slots = Long.BYTES * (1 + provided.size());
    exchange = most < 0 ? null : shared(slots, most);
  }

  private ByteBuffer shared(int begin, int most) {
    ByteBuffer shared = ByteBuffer.allocateDirect(begin + Long.BYTES * most);
    shared.order(ByteOrder.nativeOrder()).putLong(begin);
    for (Provided one : provided) {
      FunctionType type = one.functionType;
      shared.putInt(type == null ? 0 : type.parameters().size());
      shared.putInt(type == null ? 0 : type.results().size());
    }
    return shared;
  }

  /** The import list of {@code swr_instance_open}. */
  byte[] imports() {
    Records out = new Records().u32(provided.size());
    for (Provided one : provided) {
      one.write(out);
    }
    return out.toBytes();
  }

  /** The {@code wasi} record of {@code swr_instance_open}. */
  byte[] wasi() {
    return wasi == null ? new byte[0] : wasi.record();
  }

  /** Calls the host function at a place in the import list, for the instance with that handle. */
  void call(int index, long handle) {
    instance.runsAs(handle);
    Provided called = provided.get(index);
    long[] args = new long[called.functionType.parameters().size()];
    for (int i = 0; i < args.length; i++) {
      args[i] = exchange.getLong(slots + Long.BYTES * i);
    }
    long[] results = called.function.call(instance, args);
    int given = results == null ? 0 : results.length;
    if (given != called.functionType.results().size()) {
      throw new WasmException(
          WasmException.Code.WRONG_ARGUMENTS,
          Messages.wrongResults(called, called.functionType, given));
    }
    for (int i = 0; i < given; i++) {
      exchange.putLong(slots + Long.BYTES * i, results[i]);
    }
  }

  /** Takes what a WASI program wrote to a stream. */
  void write(int stream, byte[] bytes) {
    OutputStream out = wasi.stream(stream);
    if (out != null) {
      try {
        out.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
