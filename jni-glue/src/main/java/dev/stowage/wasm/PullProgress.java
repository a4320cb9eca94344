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
   * <p>Called once with {@code done} 0 before the first byte, then after every 64 KiB or more, and
   * once with {@code done} equal to {@code total}, when the digest was right and before the file is
   * put in place.
   *
   * @param done bytes received so far, never less than in the call before
   * @param total bytes expected, or -1 if not known
   */
  void progress(long done, long total);
}
