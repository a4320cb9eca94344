package dev.stowage.wasm;

import dev.stowage.loader.NativeLibrary;
import dev.stowage.loader.Upcall;
import java.nio.ByteBuffer;

/**
 * The Java side of the Rust core's shim, {@code rust_native.c}.
 *
 * <p>Callers run {@link #require} first. No static initialiser does it, because one that fails
 * turns every later use into a {@code NoClassDefFoundError} without the reason; {@code
 * NativeLibrary} keeps the failure and throws it in full each time.
 *
 * <p>Bytes come as exactly one of {@code array} and {@code direct}, with an offset from its start
 * and a length. {@code keep} is what the handle and the token belong to: an argument stays
 * reachable while the native method runs, so that {@link Reclaimer} leaves it alone.
 */
final class RustNative {
  private static volatile boolean loaded;

  private RustNative() {}

  /** Loads the Rust core and its shim on first use. */
  static void require() {
    if (!loaded) {
      NativeLibrary.of(RustNative.class).require("rust");
      loaded = true;
    }
  }

  static native void validate(byte[] array, ByteBuffer direct, int offset, int length);

  static native byte[] describe(byte[] array, ByteBuffer direct, int offset, int length);

  static native byte[] sha256(byte[] array, ByteBuffer direct, int offset, int length);

  static native byte[] sha512(byte[] array, ByteBuffer direct, int offset, int length);

  static native long tokenOpen();

  static native void tokenCancel(long token);

  static native void tokenClose(long token);

  static native long instanceOpen(
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
      Object hosts,
      ByteBuffer exchange);

  /** Returns the type's text, and puts the function's number into {@code number[0]}. */
  static native byte[] instanceFunction(Object keep, long handle, byte[] name, int[] number);

  static native void instanceCall(
      Object keep,
      long handle,
      int function,
      long[] args,
      long[] results,
      long token,
      Object hosts,
      ByteBuffer exchange);

  static native int instanceRun(
      Object keep, long handle, long token, Object hosts, ByteBuffer exchange);

  static native void instanceClose(long handle);

  static native long memorySize(Object keep, long handle, byte[] name);

  static native void memoryRead(
      Object keep,
      long handle,
      byte[] name,
      long at,
      byte[] array,
      ByteBuffer direct,
      int offset,
      int length);

  static native void memoryWrite(
      Object keep,
      long handle,
      byte[] name,
      long at,
      byte[] array,
      ByteBuffer direct,
      int offset,
      int length);

  static native long memoryGrow(Object keep, long handle, byte[] name, long pages);

  static native void memoryView(Object keep, long handle, byte[] name, Object view);

  static native long globalGet(Object keep, long handle, byte[] name);

  static native byte[] globalType(Object keep, long handle, byte[] name);

  static native void globalSet(Object keep, long handle, byte[] name, long value);

  static native byte[] version();

  /** Also the cheapest way through the shim: the benchmark's empty call. */
  static native long liveHandles();

  static native long nativeBytes();

  static native void probePanic(byte[] text);

  /**
   * Throws what the core reported. Kept to other classes' types that every JVM has loaded, so that
   * verifying this one loads none.
   */
  @Upcall
  static void fail(int status, byte[] text) {
    throw Failures.rust(status, text);
  }

  /** Calls a host function, by its place in the import list, for the instance with that handle. */
  @Upcall
  static void host(Object hosts, int index, long handle) {
    ((Hosts) hosts).call(index, handle);
  }

  /** Hands on what a WASI program wrote to stdout (1) or stderr (2). */
  @Upcall
  static void output(Object hosts, int stream, byte[] bytes) {
    ((Hosts) hosts).write(stream, bytes);
  }

  /** Shows the bytes of a memory, or null if they are more than a buffer can hold. */
  @Upcall
  static void view(Object view, ByteBuffer bytes) {
    ((WasmMemory.View<?>) view).show(bytes);
  }
}
