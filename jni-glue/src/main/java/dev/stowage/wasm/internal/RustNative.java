package dev.stowage.wasm.internal;

import dev.stowage.loader.NativeLibrary;
import dev.stowage.loader.Upcall;
import java.nio.ByteBuffer;

/**
 * The Java side of the Rust core's shim, {@code rust_native.c}.
 *
 * <p>Callers call {@link #require} first. A static initialiser must not do it: one that fails turns
 * every later use into a {@code NoClassDefFoundError} without the reason, while {@code
 * NativeLibrary} keeps the error and throws it in full each time.
 *
 * <p>Bytes are passed as exactly one of {@code array} and {@code direct}, with an offset from its
 * start and a length. {@code keep} is the owner of the handle and the token: an argument stays
 * reachable while the native method runs, so {@link Reclaimer} does not free them.
 */
public final class RustNative {
  private static volatile boolean loaded;

  private RustNative() {}

  /**
   * Loads the Rust core and its shim on first use.
   *
   * @param caller a class of the API's package, where the pins are. Each caller passes itself, so
   *     that looking for the pins loads no further class
   */
  public static void require(Class<?> caller) {
    if (!loaded) {
      NativeLibrary.of(caller).require("rust");
      loaded = true;
    }
  }

  public static native void validate(byte[] array, ByteBuffer direct, int offset, int length);

  public static native byte[] describe(byte[] array, ByteBuffer direct, int offset, int length);

  public static native byte[] sha256(byte[] array, ByteBuffer direct, int offset, int length);

  public static native byte[] sha512(byte[] array, ByteBuffer direct, int offset, int length);

  public static native long tokenOpen();

  public static native void tokenCancel(long token);

  public static native void tokenClose(long token);

  public static native long instanceOpen(
      byte[] array,
      ByteBuffer direct,
      int offset,
      int length,
      long fuel,
      long memoryPages,
      long tableElements,
      int callDepth,
      byte[] imports,
      byte[] wasi,
      long token,
      Object hostFunctions,
      ByteBuffer callBuffer);

  /** Returns the type's text and stores the function's number in {@code number[0]}. */
  public static native byte[] instanceFunction(Object keep, long handle, byte[] name, int[] number);

  public static native void instanceCall(
      Object keep,
      long handle,
      int function,
      long[] args,
      long[] results,
      long token,
      Object hostFunctions,
      ByteBuffer callBuffer);

  public static native int instanceRun(
      Object keep, long handle, long token, Object hostFunctions, ByteBuffer callBuffer);

  public static native void instanceClose(long handle);

  public static native long memorySize(Object keep, long handle, byte[] name);

  public static native void memoryRead(
      Object keep,
      long handle,
      byte[] name,
      long at,
      byte[] array,
      ByteBuffer direct,
      int offset,
      int length);

  public static native void memoryWrite(
      Object keep,
      long handle,
      byte[] name,
      long at,
      byte[] array,
      ByteBuffer direct,
      int offset,
      int length);

  public static native long memoryGrow(Object keep, long handle, byte[] name, long pages);

  public static native void memoryView(Object keep, long handle, byte[] name, Object view);

  public static native long globalGet(Object keep, long handle, byte[] name);

  public static native byte[] globalType(Object keep, long handle, byte[] name);

  public static native void globalSet(Object keep, long handle, byte[] name, long value);

  public static native byte[] version();

  /** Returns how many handles are open. The benchmark uses it as the cheapest call of the shim. */
  public static native long liveHandles();

  public static native long nativeBytes();

  public static native void probePanic(byte[] text);

  /**
   * Throws what the core reported. The upcalls of this class name only types that every JVM has
   * loaded, so that verifying it loads no further class.
   */
  @Upcall
  static void fail(int status, byte[] text) {
    throw WasmErrors.rust(status, text);
  }

  /** Calls a host function, by its index in the import list, for the instance with that handle. */
  @Upcall
  static void host(Object hostFunctions, int index, long handle) {
    ((HostFunctions) hostFunctions).call(index, handle);
  }

  /** Passes on what a WASI program wrote to stdout (1) or stderr (2). */
  @Upcall
  static void output(Object hostFunctions, int stream, byte[] bytes) {
    ((HostFunctions) hostFunctions).write(stream, bytes);
  }

  /** Passes on the bytes of a memory, or null if they are more than a buffer can hold. */
  @Upcall
  static void view(Object view, ByteBuffer bytes) {
    ((MemoryView<?>) view).show(bytes);
  }
}
