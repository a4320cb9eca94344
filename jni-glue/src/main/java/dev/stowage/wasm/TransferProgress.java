package dev.stowage.wasm;

/**
 * Receives the progress of a transfer, blob by blob.
 *
 * @since 0.1.0
 */
public interface TransferProgress {
  /**
   * Called on the thread that does the transfer: the caller's, or the executor's for the
   * asynchronous variants. Anything thrown stops the transfer and is thrown by it, as the same
   * object; the target file is not changed.
   *
   * <p>Called for each blob once with {@code done} 0 before its first byte, then about every 64
   * KiB, and once with {@code done} equal to {@code total}. The transfer waits meanwhile.
   *
   * @param blob the blob's digest, {@code sha256:} and 64 hex digits
   * @param done bytes of the blob moved so far, never less than in the call before
   * @param total bytes of the blob, or -1 if not known
   */
  void progress(String blob, long done, long total);
}
