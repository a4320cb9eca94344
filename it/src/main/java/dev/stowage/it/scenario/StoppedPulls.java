package dev.stowage.it.scenario;

import dev.stowage.wasm.CancelToken;
import dev.stowage.wasm.RegistryOptions;
import dev.stowage.wasm.WasmRegistry;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.CountDownLatch;

/**
 * Stops pulls: from another thread, before they begin, from the listener, and with a closed token.
 */
public final class StoppedPulls {
  private StoppedPulls() {}

  /** Arguments: a reference whose pull never ends, a reference that works, and a file. */
  public static void main(String[] args) throws Exception {
    Path file = Paths.get(args[2]);
    ScenarioReport.thrown("from-another-thread", () -> canceledOnTheWay(args[0], file));
    CancelToken token = CancelToken.open();
    RegistryOptions options = RegistryOptions.defaults().withCancelToken(token);
    token.cancel();
    ScenarioReport.thrown("before", () -> WasmRegistry.pull(args[1], file, options));
    token.close();
    token.cancel();
    ScenarioReport.thrown("closed-token", () -> WasmRegistry.pull(args[1], file, options));
    byTheListener(args[1], file);
    ScenarioReport.check("handles", WasmRegistry.liveHandles() == 0, WasmRegistry.liveHandles());
    ScenarioReport.check("bytes", WasmRegistry.nativeBytes() == 0, WasmRegistry.nativeBytes());
  }

  private static void canceledOnTheWay(String reference, Path file) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (CancelToken token = CancelToken.open()) {
      Thread canceler =
          new Thread(
              () -> {
                try {
                  begun.await();
                  token.cancel();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      canceler.start();
      RegistryOptions options = RegistryOptions.defaults().withCancelToken(token);
      WasmRegistry.pull(
          reference, file, options.withProgress((blob, done, total) -> begun.countDown()));
    }
  }

  private static void byTheListener(String reference, Path file) {
    IllegalStateException mine = new IllegalStateException("thrown by the listener");
    RegistryOptions throwing =
        RegistryOptions.defaults()
            .withProgress(
                (blob, done, total) -> {
                  throw mine;
                });
    try {
      WasmRegistry.pull(reference, file, throwing);
      ScenarioReport.check("by-the-listener", false, "nothing was thrown");
    } catch (IllegalStateException e) {
      ScenarioReport.check("by-the-listener", e == mine, e);
    }
  }
}
