package dev.stowage.wasm.internal;

import dev.stowage.wasm.FunctionType;
import dev.stowage.wasm.WasmException;
import dev.stowage.wasm.WasmInstance;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The callbacks of one instance: its host functions, by index in the import list, and its output
 * streams.
 *
 * <p>Arguments and results cross in the {@linkplain #callBuffer call buffer}, memory that Java and
 * the shim share: a host call needs one call into Java and no array. One buffer is enough, because
 * an instance runs one call at a time and a host function cannot begin another. Its layout, in
 * native byte order: a u64, the offset of the slots; for each import a u32 count of parameters and
 * a u32 count of results; the slots.
 */
public final class HostFunctions {
  private final List<ImportValue> imports;
  private final OutputStream stdout;
  private final OutputStream stderr;
  private final int slotsOffset;

  /** Null if there is no host function. */
  public final ByteBuffer callBuffer;

  private WasmInstance instance;
  private volatile long handle;

  /**
   * Prepares the callbacks of one instance.
   *
   * @param stdout null if the output of a WASI program is dropped; {@code stderr} likewise
   */
  public HostFunctions(List<ImportValue> imports, OutputStream stdout, OutputStream stderr) {
    this.imports = imports;
    this.stdout = stdout;
    this.stderr = stderr;
    int mostSlots = -1;
    for (ImportValue value : imports) {
      if (value.function != null) {
        FunctionType type = value.functionType;
        mostSlots = Math.max(mostSlots, type.parameters().size());
        mostSlots = Math.max(mostSlots, type.results().size());
      }
    }
    slotsOffset = Long.BYTES * (1 + imports.size());
    callBuffer = mostSlots < 0 ? null : newCallBuffer(mostSlots);
  }

  private ByteBuffer newCallBuffer(int mostSlots) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(slotsOffset + Long.BYTES * mostSlots);
    buffer.order(ByteOrder.nativeOrder()).putLong(slotsOffset);
    for (ImportValue value : imports) {
      FunctionType type = value.functionType;
      buffer.putInt(type == null ? 0 : type.parameters().size());
      buffer.putInt(type == null ? 0 : type.results().size());
    }
    return buffer;
  }

  /** Sets the instance that host functions receive. Call it before the core opens the instance. */
  public void serve(WasmInstance instance) {
    this.instance = instance;
  }

  /**
   * Remembers the instance's handle in the core. The first call wins: a start function may call a
   * host function, which brings the handle, before opening has returned it.
   */
  public void opened(long handle) {
    if (this.handle == 0) {
      this.handle = handle;
    }
  }

  /** Returns the instance's handle in the core; 0 before {@link #opened}. */
  public long handle() {
    return handle;
  }

  /** Returns the import list of {@code swr_instance_open}. */
  public byte[] importList() {
    RecordWriter out = new RecordWriter().u32(imports.size());
    for (ImportValue value : imports) {
      value.write(out);
    }
    return out.toBytes();
  }

  /** Calls the host function at an index of the import list, for the instance with that handle. */
  void call(int index, long handle) {
    opened(handle);
    ImportValue called = imports.get(index);
    long[] args = new long[called.functionType.parameters().size()];
    for (int i = 0; i < args.length; i++) {
      args[i] = callBuffer.getLong(slotsOffset + Long.BYTES * i);
    }
    long[] results = called.function.call(instance, args);
    int count = results == null ? 0 : results.length;
    if (count != called.functionType.results().size()) {
      throw new WasmException(
          WasmException.Code.WRONG_ARGUMENTS,
          WasmMessages.wrongResults(called, called.functionType, count));
    }
    for (int i = 0; i < count; i++) {
      callBuffer.putLong(slotsOffset + Long.BYTES * i, results[i]);
    }
  }

  /** Writes what a WASI program wrote to stdout (1) or stderr (2). */
  void write(int stream, byte[] bytes) {
    OutputStream out = stream == 1 ? stdout : stderr;
    if (out != null) {
      try {
        out.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
