package dev.stowage.interop.child;

import dev.stowage.interop.preset.WasmRust;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmInstance;

/**
 * The preset's class and the API in one process. With the argument {@code api-first} the API loads
 * the core, otherwise JavaCPP does.
 */
public final class PresetMain {
  private static final byte[] EMPTY_MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private PresetMain() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      System.out.println("version " + Wasm.version());
    }
    System.out.println("live " + live() + " " + Wasm.liveHandles());
    try (WasmInstance instance = WasmInstance.open(EMPTY_MODULE, InstanceOptions.defaults());
        WasmInstance other = WasmInstance.open(EMPTY_MODULE, InstanceOptions.defaults())) {
      System.out.println("live " + live() + " " + Wasm.liveHandles());
    }
    System.out.println("live " + live() + " " + Wasm.liveHandles());
    Images.print("rust");
  }

  private static long live() {
    long[] live = new long[1];
    int status = WasmRust.swr_live_handles(live);
    if (status != WasmRust.SWR_OK) {
      throw new AssertionError(status);
    }
    return live[0];
  }
}
