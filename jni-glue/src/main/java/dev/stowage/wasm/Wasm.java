package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.loader.StowageLinkError;
import dev.stowage.wasm.internal.BufferRange;
import dev.stowage.wasm.internal.Reclaimer;
import dev.stowage.wasm.internal.RustNative;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Validates and describes WebAssembly modules. It uses the Rust core, which the first call loads.
 *
 * <p>All methods may be called from any thread. Arrays and heap buffers are copied into native
 * memory for the call; a direct buffer is read in place, from its position to its limit, which stay
 * as they are. A direct buffer must not be written to, nor its {@code Arena} closed, until the call
 * has returned. For megabytes prefer direct buffers: nothing is copied, and the garbage collector
 * never waits.
 *
 * <p>The first call loads the native code. If that fails, it and each later call throw the same
 * {@link StowageLinkError}; its id {@code STOW-nn} is explained in {@code docs/troubleshooting.md}.
 *
 * @since 0.1.0
 */
public final class Wasm {
  private Wasm() {}

  /**
   * Checks that {@code module} is a valid module in binary form.
   *
   * @throws WasmException {@code INVALID_MODULE} with the reason and the byte offset; {@code
   *     TOO_LARGE} above 1 GiB
   * @throws NullPointerException if {@code module} is null
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static void validate(byte[] module) {
    Objects.requireNonNull(module, "module");
    RustNative.require(Wasm.class);
    RustNative.validate(module, null, 0, module.length);
  }

  /**
   * Checks the bytes between position and limit.
   *
   * @throws WasmException as {@link #validate(byte[])}
   * @throws IllegalStateException if the {@code Arena} of the buffer is closed
   * @throws NullPointerException if {@code module} is null
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static void validate(ByteBuffer module) {
    Objects.requireNonNull(module, "module");
    RustNative.require(Wasm.class);
    BufferRange bytes = new BufferRange(module);
    RustNative.validate(bytes.array, bytes.direct, bytes.offset, bytes.length);
  }

  /**
   * Validates a module and lists its imports, exports, contents and producers.
   *
   * @throws WasmException {@code INVALID_MODULE} with the reason and the byte offset; {@code
   *     TOO_LARGE} above 1 GiB
   * @throws NullPointerException if {@code module} is null
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static ModuleDescription describe(byte[] module) {
    Objects.requireNonNull(module, "module");
    RustNative.require(Wasm.class);
    return ModuleDescription.read(RustNative.describe(module, null, 0, module.length));
  }

  /**
   * Describes the bytes between position and limit.
   *
   * @throws WasmException as {@link #describe(byte[])}
   * @throws IllegalStateException if the {@code Arena} of the buffer is closed
   * @throws NullPointerException if {@code module} is null
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static ModuleDescription describe(ByteBuffer module) {
    Objects.requireNonNull(module, "module");
    RustNative.require(Wasm.class);
    BufferRange bytes = new BufferRange(module);
    return ModuleDescription.read(
        RustNative.describe(bytes.array, bytes.direct, bytes.offset, bytes.length));
  }

  /**
   * Returns the 32 bytes of the SHA-256 digest of {@code data}.
   *
   * @throws NullPointerException if {@code data} is null
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static byte[] sha256(byte[] data) {
    Objects.requireNonNull(data, "data");
    RustNative.require(Wasm.class);
    return RustNative.sha256(data, null, 0, data.length);
  }

  /**
   * Returns the 32 bytes of the SHA-256 digest of the bytes between position and limit.
   *
   * @throws IllegalStateException if the {@code Arena} of the buffer is closed
   * @throws NullPointerException if {@code data} is null
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static byte[] sha256(ByteBuffer data) {
    Objects.requireNonNull(data, "data");
    RustNative.require(Wasm.class);
    BufferRange bytes = new BufferRange(data);
    return RustNative.sha256(bytes.array, bytes.direct, bytes.offset, bytes.length);
  }

  /**
   * Returns the 64 bytes of the SHA-512 digest of {@code data}.
   *
   * @throws NullPointerException if {@code data} is null
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static byte[] sha512(byte[] data) {
    Objects.requireNonNull(data, "data");
    RustNative.require(Wasm.class);
    return RustNative.sha512(data, null, 0, data.length);
  }

  /**
   * Returns the 64 bytes of the SHA-512 digest of the bytes between position and limit.
   *
   * @throws IllegalStateException if the {@code Arena} of the buffer is closed
   * @throws NullPointerException if {@code data} is null
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static byte[] sha512(ByteBuffer data) {
    Objects.requireNonNull(data, "data");
    RustNative.require(Wasm.class);
    BufferRange bytes = new BufferRange(data);
    return RustNative.sha512(bytes.array, bytes.direct, bytes.offset, bytes.length);
  }

  /**
   * Returns the version that the Rust core was built with.
   *
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static String version() {
    RustNative.require(Wasm.class);
    return new String(RustNative.version(), UTF_8);
  }

  /**
   * Returns the number of instances and tokens not yet closed in this process, in the Rust core;
   * for tests and monitoring.
   *
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static long liveHandles() {
    RustNative.require(Wasm.class);
    return RustNative.liveHandles();
  }

  /**
   * Returns the bytes the Rust core holds in instances and in buffers on their way to Java.
   *
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static long nativeBytes() {
    RustNative.require(Wasm.class);
    return RustNative.nativeBytes();
  }

  /**
   * Returns how many instances and tokens were dropped without being closed, and freed because the
   * garbage collector found them; for tests and monitoring. More than 0 is a defect of the program:
   * the collector may run late or never, and does not see native memory.
   */
  public static long reclaimed() {
    return Reclaimer.reclaimed();
  }
}
