package dev.stowage.wasm.tool;

import dev.stowage.wasm.CancelToken;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets Ctrl-C cancel the running transfer first and end the process after that, so that no
 * half-written file is left beside the target.
 */
final class Interrupt {
  /** The process waits no longer than this. */
  private static final long PATIENCE_SECONDS = 5;

  private Interrupt() {}

  /** Runs work that ends soon after {@code token} is canceled. */
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
      // The process is ending; the hook runs and waits for the work.
    }
  }
}
