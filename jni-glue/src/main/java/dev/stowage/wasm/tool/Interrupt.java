package dev.stowage.wasm.tool;

import dev.stowage.wasm.CancelToken;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C cancel what runs, and the process end only after that: no half-written file is left
 * beside the target.
 */
final class Interrupt implements AutoCloseable {
  /** What hangs for longer is not waited for. */
  private static final long PATIENCE_SECONDS = 5;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  Interrupt(CancelToken token) {
    hook =
        new Thread(
            () -> {
              token.cancel();
              try {
                boolean unused = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "stowage-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** To be called when the work has ended, in whatever way. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, which is what the hook waits for.
    }
  }
}
