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
 * and a length.
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

  static native long instanceOpen(byte[] module, long fuel, Object host);

  static native long instanceCall(long handle, byte[] export, long[] args, Object host);

  static native void instanceClose(long handle);

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

  @Upcall
  static long host(Object function, long argument) {
    return ((HostFunction) function).call(argument);
  }
}
