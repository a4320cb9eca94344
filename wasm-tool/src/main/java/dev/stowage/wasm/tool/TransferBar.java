package dev.stowage.wasm.tool;

import dev.stowage.wasm.TransferProgress;
import java.util.HashMap;
import java.util.Map;

/**
 * Shows a transfer: a line for each finished blob and, on a terminal, a bar for the current one, on
 * standard error.
 */
final class TransferBar implements TransferProgress {
  private static final long REDRAW_NANOS = 100_000_000;

  private final ToolOutput output;

  /** When each blob began; {@code Long.MIN_VALUE} once it is done. */
  private final Map<String, Long> begun = new HashMap<>();

  private long drawn;
  private int width;

  TransferBar(ToolOutput output) {
    this.output = output;
    drawn = System.nanoTime();
  }

  @Override
  public void progress(String blob, long done, long total) {
    long now = System.nanoTime();
    long begin = begun.computeIfAbsent(blob, unused -> now);
    if (begin == Long.MIN_VALUE) {
      return;
    }
    if (done == total) {
      begun.put(blob, Long.MIN_VALUE);
      erase();
      output.timed("Moved", ToolMessages.blob(blob, total), now - begin);
    } else if (output.terminal && now - drawn > REDRAW_NANOS) {
      drawn = now;
      draw(ToolMessages.bar(blob, done, total));
    }
  }

  /** Removes the bar; the transfer ended, possibly with an error. */
  void erase() {
    if (width > 0) {
      draw("");
      output.err.print('\r');
      output.err.flush();
      width = 0;
    }
  }

  private void draw(String bar) {
    StringBuilder line = new StringBuilder("\r").append(bar);
    for (int i = bar.length(); i < width; i++) {
      line.append(' ');
    }
    output.err.print(line);
    output.err.flush();
    width = bar.length();
  }
}
