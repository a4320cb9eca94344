package dev.stowage.wasm;

/**
 * Told how far a pull is.
 *
 * @since 0.1.0
 */
public interface PullProgress {
  /**
   * Called on the thread that called pull, while that call waits. Anything thrown stops the pull
   * and comes out of it as the same object; the target file is left as it was.
   *
   * @param done bytes received so far
   * @param total bytes expected, or -1 if not known
   */
  void progress(long done, long total);
}
