package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.loader.NativeLibrary;

/**
 * What the API keeps to its own package, the panic probes and the pins: users have no use for them,
 * these tests have.
 */
public final class Probes {
  private Probes() {}

  /** Panics in an exported function of the Rust core. */
  public static void rust(String text) {
    RustNative.require();
    RustNative.probePanic(text.getBytes(UTF_8));
  }

  /** Panics in an exported function of the Go core. */
  public static void goExport(String text) {
    GoNative.require();
    GoNative.probePanic(0, text.getBytes(UTF_8));
  }

  /** Panics in a goroutine of the Go core. */
  public static void goRoutine(String text) {
    GoNative.require();
    GoNative.probePanic(1, text.getBytes(UTF_8));
  }

  /** The pins text of a classifier, or null. */
  public static String pins(String classifier) {
    return ((StowagePins) NativeLibrary.of(Wasm.class)).pins(classifier);
  }
}
