package dev.stowage.it.scenario;

import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmRegistry;

/**
 * Uses both cores where the native libraries cannot be loaded: each fails twice with the full text.
 */
public final class FailsTwice {
  private FailsTwice() {}

  public static void main(String[] args) {
    ScenarioReport.thrown("rust", Wasm::version);
    ScenarioReport.thrown("rust-again", Wasm::version);
    ScenarioReport.thrown("go", WasmRegistry::version);
    ScenarioReport.thrown("go-again", WasmRegistry::version);
  }
}
