package dev.stowage.interop.child;

import dev.stowage.wasm.WasmRegistry;

/** The API's Go core. */
final class GoSide {
  private GoSide() {}

  static long liveHandles() {
    return WasmRegistry.liveHandles();
  }
}
