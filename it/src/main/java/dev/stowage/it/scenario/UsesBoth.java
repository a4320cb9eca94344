package dev.stowage.it.scenario;

import dev.stowage.loader.NativeLibrary;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmInstance;
import dev.stowage.wasm.WasmRegistry;

/**
 * The shortest use of each core: loads it and calls it. Also a Supplier of its result, for use
 * through class loaders.
 */
public final class UsesBoth {
  private UsesBoth() {}

  /** No arguments. */
  public static void main(String[] args) {
    ScenarioReport.ok("rust", rust());
    ScenarioReport.ok("go", go());
    ScenarioReport.ok("core", NativeLibrary.of(Wasm.class).core("rust"));
  }

  /** 40 + 2, by the Rust core. */
  public static String rust() {
    try (WasmInstance instance =
        WasmInstance.open(SampleModules.calculator(), InstanceOptions.defaults())) {
      return Wasm.version() + " " + instance.function("add").call(40, 2)[0];
    }
  }

  /** Version of the Go core. */
  public static String go() {
    return WasmRegistry.version();
  }
}
