package dev.stowage.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After a test class neither core may hold a handle or a byte. */
public final class NoLeaks implements AfterAllCallback {
  @Override
  public void afterAll(ExtensionContext context) {
    assertThat(Wasm.liveHandles()).as("Rust handles").isZero();
    assertThat(Wasm.nativeBytes()).as("Rust bytes").isZero();
    assertThat(WasmRegistry.liveHandles()).as("Go handles").isZero();
    assertThat(WasmRegistry.nativeBytes()).as("Go bytes").isZero();
  }
}
