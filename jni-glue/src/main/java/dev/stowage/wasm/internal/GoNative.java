package dev.stowage.wasm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.loader.NativeLibrary;
import dev.stowage.loader.Upcall;
import dev.stowage.wasm.TransferProgress;

/**
 * The Java side of the Go core's shim, {@code go_native.c}. A class of its own, so that a program
 * that only runs modules never starts the Go runtime.
 *
 * <p>Text is UTF-8, {@code options} is an {@link OptionsRecord}, {@code token} is a handle or 0,
 * and the result is a record. Callers call {@link #require} first, as for {@link RustNative}.
 */
public final class GoNative {
  private static volatile boolean loaded;

  private GoNative() {}

  /**
   * Loads the Go core and its shim on first use.
   *
   * @param caller as in {@link RustNative#require}
   */
  public static void require(Class<?> caller) {
    if (!loaded) {
      NativeLibrary.of(caller).require("go");
      loaded = true;
    }
  }

  public static native byte[] pull(
      byte[] reference, byte[] file, byte[] options, long token, Object progress);

  public static native byte[] push(
      byte[] file, byte[] reference, byte[] options, long token, Object progress);

  public static native byte[] copy(
      byte[] from, byte[] to, byte[] options, long token, Object progress);

  public static native byte[] resolve(byte[] reference, byte[] options, long token);

  public static native byte[] tags(byte[] repository, byte[] options, long token);

  public static native long tokenOpen();

  public static native void tokenCancel(long token);

  public static native void tokenClose(long token);

  public static native byte[] version();

  public static native long liveHandles();

  public static native long nativeBytes();

  /** Panics in the exported function ({@code where} is 0) or in a goroutine of the core (1). */
  public static native void probePanic(int where, byte[] text);

  @Upcall
  static void fail(int status, byte[] text) {
    throw WasmErrors.go(status, text);
  }

  @Upcall
  static void progress(Object listener, byte[] blob, long done, long total) {
    ((TransferProgress) listener).progress(new String(blob, UTF_8), done, total);
  }
}
