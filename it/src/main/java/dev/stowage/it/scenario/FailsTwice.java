package dev.stowage.it.scenario;

import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmRegistry;

/** Where the natives cannot be loaded: each core fails, and fails again in full. */
public final class FailsTwice {
  private FailsTwice() {}

  /** No arguments. */
  public static void main(String[] args) {
    ScenarioReport.thrown("rust", Wasm::version);
    ScenarioReport.thrown("rust-again", Wasm::version);
    ScenarioReport.thrown("go", WasmRegistry::version);
    ScenarioReport.thrown("go-again", WasmRegistry::version);
  }
}
