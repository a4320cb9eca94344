package dev.stowage.wasm.tool;

import dev.stowage.wasm.CancelToken;
import java.util.Timer;
import java.util.TimerTask;

/** Cancels the work that uses its token after a time. */
final class Deadline implements AutoCloseable {
  final CancelToken token = CancelToken.open();
  private final Timer timer = new Timer("stowage-deadline", true);

  Deadline(long millis) {
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            token.cancel();
          }
        },
        millis);
  }

  @Override
  public void close() {
    timer.cancel();
    token.close();
  }
}
