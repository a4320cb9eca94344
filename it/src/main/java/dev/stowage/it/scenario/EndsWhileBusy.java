package dev.stowage.it.scenario;

import dev.stowage.wasm.CancelToken;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.RegistryOptions;
import dev.stowage.wasm.WasmInstance;
import dev.stowage.wasm.WasmRegistry;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.CountDownLatch;

/** Ends, or waits to be killed, while instances are open and threads run in both cores. */
public final class EndsWhileBusy {
  private static final int BUSY = 4;

  private EndsWhileBusy() {}

  /**
   * Arguments: how to end (wait, exit, halt, return), a reference whose pull never ends, and a
   * file.
   */
  public static void main(String[] args) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ScenarioReport.ok("hook", "")));
    CancelToken token = CancelToken.open();
    ScenarioReport.ok("token", token);
    pullForever(args[1], Paths.get(args[2]));
    for (int i = 0; i < BUSY; i++) {
      WasmInstance open = WasmInstance.open(SampleModules.calculator(), InstanceOptions.defaults());
      daemon(() -> busy(open));
    }
    ScenarioReport.ok("ready", "");
    switch (args[0]) {
      case "wait":
        Thread.sleep(600_000);
        break;
      case "exit":
        System.exit(7);
        break;
      case "halt":
        Runtime.getRuntime().halt(7);
        break;
      default:
        break;
    }
  }

  private static void pullForever(String reference, Path file) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    RegistryOptions options =
        RegistryOptions.defaults().withProgress((blob, done, total) -> begun.countDown());
    daemon(() -> WasmRegistry.pull(reference, file, options));
    begun.await();
  }

  private static void busy(WasmInstance instance) {
    while (true) {
      instance.function("add").call(1, 2);
      WasmRegistry.version();
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }
}
