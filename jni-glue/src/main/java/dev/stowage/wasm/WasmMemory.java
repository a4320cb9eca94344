package dev.stowage.wasm;

import dev.stowage.wasm.internal.BufferRange;
import dev.stowage.wasm.internal.MemoryView;
import dev.stowage.wasm.internal.RustNative;
import dev.stowage.wasm.internal.Utf8;
import dev.stowage.wasm.internal.WasmErrors;
import dev.stowage.wasm.internal.WasmMessages;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Function;

/**
 * A memory of an instance: bytes that the module and Java both read and write. {@link
 * WasmInstance#memory} finds it. It is usable until the instance is closed.
 *
 * <pre>{@code
 * InstanceOptions options =
 *     InstanceOptions.defaults().withHost("host", "call", LongUnaryOperator.class, n -> 2 * n);
 * try (WasmInstance instance = WasmInstance.open(calculator, options)) {
 *   WasmMemory memory = instance.memory("memory");
 *   memory.write(16, "ahoy".getBytes(StandardCharsets.UTF_8));
 *   System.out.println(new String(memory.read(16, 4), StandardCharsets.UTF_8)); // ahoy
 *   int first = memory.view(bytes -> bytes.getInt(16));
 *   System.out.println(Integer.toHexString(first)); // 796f6861
 * }
 * }</pre>
 *
 * <p>May be used from any thread, and from a host function of the same instance while it runs.
 * Otherwise each method waits until no call of the instance runs on another thread. Between two
 * methods a call can change everything, even the size.
 *
 * @since 0.1.0
 */
public final class WasmMemory {
  /** Size of a page in bytes. */
  public static final int PAGE_BYTES = 65536;

  private final WasmInstance instance;
  private final String name;
  private final byte[] utf8;

  WasmMemory(WasmInstance instance, String name) {
    this.instance = instance;
    this.name = name;
    utf8 = Utf8.of("memory name", name);
    long unused = size();
  }

  /** Returns the name given to {@link WasmInstance#memory}. */
  public String name() {
    return name;
  }

  /**
   * Returns its current size in bytes.
   *
   * @throws WasmException {@code BUSY}, {@code CLOSED}
   */
  public long size() {
    return RustNative.memorySize(instance, instance.handle(), utf8);
  }

  /**
   * Makes it larger, by pages of zeros.
   *
   * @param pages number of pages to add, of {@link #PAGE_BYTES}
   * @return its previous number of pages
   * @throws WasmException {@code TOO_LARGE} above the limit of its type or of the options; {@code
   *     INVALID_ARGUMENT} if {@code pages} is negative; {@code BUSY}, {@code CLOSED}
   */
  public long grow(long pages) {
    if (pages < 0) {
      throw WasmErrors.invalid(WasmMessages.negative("pages", pages));
    }
    return RustNative.memoryGrow(instance, instance.handle(), utf8, pages);
  }

  /**
   * Copies bytes out.
   *
   * @param offset from the start of the memory
   * @throws WasmException {@code OUT_OF_BOUNDS}, the text has range and size; {@code
   *     INVALID_ARGUMENT} if a number is negative; {@code BUSY}, {@code CLOSED}
   */
  public byte[] read(long offset, int length) {
    if (length < 0) {
      throw WasmErrors.invalid(WasmMessages.negative("length", length));
    }
    checkOffset(offset);
    long size = size();
    if (length > size) {
      // Checked before the array is allocated, because a wrong number must not use gigabytes of
      // heap.
      throw new WasmException(
          WasmException.Code.OUT_OF_BOUNDS, WasmMessages.outOfBounds(name, offset, length, size));
    }
    byte[] bytes = new byte[length];
    RustNative.memoryRead(instance, instance.handle(), utf8, offset, bytes, null, 0, length);
    return bytes;
  }

  /**
   * Copies bytes out into a buffer, from its position to its limit, which do not change.
   *
   * @param offset from the start of the memory
   * @throws WasmException as {@link #read(long, int)}
   * @throws java.nio.ReadOnlyBufferException if the target is read-only
   * @throws NullPointerException if {@code target} is null
   */
  public void read(long offset, ByteBuffer target) {
    Objects.requireNonNull(target, "target");
    checkOffset(offset);
    BufferRange to = BufferRange.writable(target);
    RustNative.memoryRead(
        instance, instance.handle(), utf8, offset, to.array, to.direct, to.offset, to.length);
  }

  /**
   * Copies all bytes in, or none if that is an error.
   *
   * @param offset from the start of the memory
   * @throws WasmException as {@link #read(long, int)}
   * @throws NullPointerException if {@code bytes} is null
   */
  public void write(long offset, byte[] bytes) {
    write(offset, ByteBuffer.wrap(Objects.requireNonNull(bytes, "bytes")));
  }

  /**
   * Copies the bytes between the position and the limit of a buffer in, or none if that is an
   * error. Position and limit do not change.
   *
   * @param offset from the start of the memory
   * @throws WasmException as {@link #read(long, int)}
   * @throws NullPointerException if {@code source} is null
   */
  public void write(long offset, ByteBuffer source) {
    Objects.requireNonNull(source, "source");
    checkOffset(offset);
    BufferRange from = new BufferRange(source);
    RustNative.memoryWrite(
        instance,
        instance.handle(),
        utf8,
        offset,
        from.array,
        from.direct,
        from.offset,
        from.length);
  }

  /**
   * Gives access to the bytes in place, without a copy, to read and to write.
   *
   * <p><b>The buffer is valid until {@code body} returns, and not a moment longer.</b> Code that
   * keeps it, or a slice of it, and uses it later reads or writes memory that may have another
   * owner: the result is wrong data or a crash of the JVM, not an exception. Copy the bytes that
   * you need later.
   *
   * <p>The instance is locked meanwhile: calls of its functions, and of methods of its memories and
   * globals, throw {@code BUSY} on this thread and wait on others; {@link WasmInstance#close} takes
   * effect afterwards.
   *
   * @param body receives the whole memory, little endian as in WebAssembly; anything it throws is
   *     thrown as the same object
   * @return what {@code body} returns
   * @throws WasmException {@code TOO_LARGE} above 2147483647 bytes; {@code BUSY}, {@code CLOSED}
   * @throws NullPointerException if {@code body} is null
   */
  public <T> T view(Function<? super ByteBuffer, ? extends T> body) {
    MemoryView<T> view = new MemoryView<T>(Objects.requireNonNull(body, "body"));
    RustNative.memoryView(instance, instance.handle(), utf8, view);
    return view.result();
  }

  private static void checkOffset(long offset) {
    if (offset < 0) {
      throw WasmErrors.invalid(WasmMessages.negative("offset", offset));
    }
  }
}
