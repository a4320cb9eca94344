package dev.stowage.bench;

import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmRegistry;

/**
 * Time from the first touch of the API to its native core usable, in a fresh JVM.
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
