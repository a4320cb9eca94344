package dev.stowage.wasm.internal;

import dev.stowage.wasm.WasmException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Function;

/** One call of {@code WasmMemory.view}: the shim passes the bytes of the memory to it. */
public final class MemoryView<T> {
  private final Function<? super ByteBuffer, ? extends T> body;
  private T result;

  /** Prepares the call; {@code body} runs on the thread of the native call. */
  public MemoryView(Function<? super ByteBuffer, ? extends T> body) {
    this.body = body;
  }

  /** Returns what the body returned. */
  public T result() {
    return result;
  }

  /** {@code bytes} is null if the memory is larger than a buffer can be. */
  void show(ByteBuffer bytes) {
    if (bytes == null) {
      throw new WasmException(WasmException.Code.TOO_LARGE, WasmMessages.viewTooLarge());
    }
    result = body.apply(bytes.order(ByteOrder.LITTLE_ENDIAN));
  }
}
