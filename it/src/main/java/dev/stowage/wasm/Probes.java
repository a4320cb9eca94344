package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.loader.NativeLibrary;
import dev.stowage.wasm.internal.GoNative;
import dev.stowage.wasm.internal.RustNative;

/** Access to internals: the panic probes, and the pins, which are visible only in this package. */
public final class Probes {
  private Probes() {}

  /** Panics in an exported function of the Rust core. */
  public static void rust(String text) {
    RustNative.require(Wasm.class);
    RustNative.probePanic(text.getBytes(UTF_8));
  }

  /** Panics in an exported function of the Go core. */
  public static void goExport(String text) {
    GoNative.require(WasmRegistry.class);
    GoNative.probePanic(0, text.getBytes(UTF_8));
  }

  /** Panics in a goroutine of the Go core. */
  public static void goRoutine(String text) {
    GoNative.require(WasmRegistry.class);
    GoNative.probePanic(1, text.getBytes(UTF_8));
  }

  /** Returns the pins of a classifier as text, or null. */
  public static String pins(String classifier) {
    return ((StowagePins) NativeLibrary.of(Wasm.class)).pins(classifier);
  }
}
