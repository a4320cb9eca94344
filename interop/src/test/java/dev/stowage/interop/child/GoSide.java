package dev.stowage.interop.child;

import dev.stowage.wasm.WasmRegistry;

/** Calls the Go core through the API. */
final class GoSide {
  private GoSide() {}

  static long liveHandles() {
    return WasmRegistry.liveHandles();
  }
}
