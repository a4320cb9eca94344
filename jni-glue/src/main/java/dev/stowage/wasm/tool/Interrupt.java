package dev.stowage.wasm.tool;

import dev.stowage.wasm.CancelToken;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets Ctrl-C cancel what runs, and the process end only after that: no half-written file is left
 * beside the target.
 */
final class Interrupt {
  /** What hangs for longer is not waited for. */
  private static final long PATIENCE_SECONDS = 5;

  private Interrupt() {}

  /** Does work that ends soon after {@code token} was canceled. */
  static <T> T cancels(CancelToken token, Supplier<T> work) {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> cancelAndWait(token, ended), "stowage-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      ended.countDown();
      remove(hook);
    }
  }

  private static void cancelAndWait(CancelToken token, CountDownLatch ended) {
    token.cancel();
    try {
      boolean unused = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, which is what the hook waits for.
    }
  }
}
