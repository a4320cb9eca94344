package dev.stowage.wasm;

import dev.stowage.loader.NativeLibrary;
import dev.stowage.loader.Upcall;

/**
 * The Java side of the Go core's shim, {@code go_native.c}. Separate from {@link RustNative}, so
 * that who never pulls never starts the Go runtime.
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

  static native byte[] pull(byte[] reference, byte[] file, long token, Object progress);

  static native byte[] pack(byte[] file, byte[] layoutDir, byte[] tag);

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
  static void progress(Object listener, long done, long total) {
    ((PullProgress) listener).progress(done, total);
  }
}
