package dev.stowage.it.scenario;

import dev.stowage.loader.NativeLibrary;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmInstance;
import dev.stowage.wasm.WasmRegistry;

/**
 * Loads each core and calls one function. It is a Supplier of the result, so that it can be used
 * through class loaders.
 */
public final class UsesBoth {
  private UsesBoth() {}

  public static void main(String[] args) {
    ScenarioReport.ok("rust", rust());
    ScenarioReport.ok("go", go());
    ScenarioReport.ok("core", NativeLibrary.of(Wasm.class).core("rust"));
  }

  /** Returns 40 + 2, computed by the Rust core. */
  public static String rust() {
    try (WasmInstance instance =
        WasmInstance.open(SampleModules.calculator(), InstanceOptions.defaults())) {
      return Wasm.version() + " " + instance.function("add").call(40, 2)[0];
    }
  }

  /** Returns the version of the Go core. */
  public static String go() {
    return WasmRegistry.version();
  }
}
