package dev.stowage.bench;

import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmRegistry;

/**
 * Measures the time of the first call of the API in a new JVM, which loads the native core.
 *
 * <p>Usage: {@code FirstTouch rust|go}. Prints {@code NANOS n}. One run measures one start: the
 * caller starts a new JVM for each figure.
 */
public final class FirstTouch {
  private FirstTouch() {}

  public static void main(String[] args) {
    boolean rust = args[0].equals("rust");
    long start = System.nanoTime();
    if (rust) {
      Wasm.liveHandles();
    } else {
      WasmRegistry.liveHandles();
    }
    long end = System.nanoTime();
    System.out.println("NANOS " + (end - start));
  }
}
