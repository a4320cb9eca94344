package dev.stowage.interop.child;

import dev.stowage.interop.preset.WasmRust;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmInstance;
import java.util.List;

/**
 * Uses the preset's class and the API in one process. With the argument {@code api-first} the API
 * loads the core, otherwise JavaCPP loads it.
 */
public final class PresetMain {
  private static final byte[] EMPTY_MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private PresetMain() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      System.out.println("version " + Wasm.version());
    }
    System.out.println("live " + live() + " " + Wasm.liveHandles());
    List<WasmInstance> two = List.of(open(), open());
    System.out.println("live " + live() + " " + Wasm.liveHandles());
    two.forEach(WasmInstance::close);
    System.out.println("live " + live() + " " + Wasm.liveHandles());
    Images.print("rust");
    System.out.println("RESULT ok one-image");
  }

  private static WasmInstance open() {
    return WasmInstance.open(EMPTY_MODULE, InstanceOptions.defaults());
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
