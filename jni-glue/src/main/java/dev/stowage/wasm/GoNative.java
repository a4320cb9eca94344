package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.loader.NativeLibrary;
import dev.stowage.loader.Upcall;

/**
 * The Java side of the Go core's shim, {@code go_native.c}. Separate from {@link RustNative}, so
 * that who never pulls never starts the Go runtime.
 *
 * <p>Text is UTF-8, {@code options} an {@link OptionsRecord}, {@code token} 0 or a handle, and what
 * comes back a record.
 */
final class GoNative {
  private static volatile boolean loaded;

  private GoNative() {}

  /** Loads the Go core and its shim on first use. */
  static void require() {
    if (!loaded) {
      NativeLibrary.of(GoNative.class).require("go");
      loaded = true;
    }
  }

  static native byte[] pull(
      byte[] reference, byte[] file, byte[] options, long token, Object progress);

  static native byte[] push(
      byte[] file, byte[] reference, byte[] options, long token, Object progress);

  static native byte[] copy(byte[] from, byte[] to, byte[] options, long token, Object progress);

  static native byte[] resolve(byte[] reference, byte[] options, long token);

  static native byte[] tags(byte[] repository, byte[] options, long token);

  static native long tokenOpen();

  static native void tokenCancel(long token);

  static native void tokenClose(long token);

  static native byte[] version();

  static native long liveHandles();

  static native long nativeBytes();

  /** {@code where}: 0 panics in the exported function, 1 in a goroutine of the core. */
  static native void probePanic(int where, byte[] text);

  @Upcall
  static void fail(int status, byte[] text) {
    throw Failures.go(status, text);
  }

  @Upcall
  static void progress(Object listener, byte[] blob, long done, long total) {
    ((TransferProgress) listener).progress(new String(blob, UTF_8), done, total);
  }
}
