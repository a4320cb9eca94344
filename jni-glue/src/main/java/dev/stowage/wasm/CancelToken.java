package dev.stowage.wasm;

/**
 * Stops a pull from another thread, or before it starts. One token may serve several pulls.
 *
 * <p>All methods may be called from any thread.
 *
 * @since 0.1.0
 */
public final class CancelToken implements AutoCloseable {
  private final long handle;
  private boolean closed;

  private CancelToken(long handle) {
    this.handle = handle;
  }

  /**
   * Returns a new token; {@link #close} frees it.
   *
   * @throws dev.stowage.loader.StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static CancelToken open() {
    GoNative.require();
    return new CancelToken(GoNative.tokenOpen());
  }

  /**
   * Makes the pulls with this token end with {@code CANCELED}, running or yet to come. Does nothing
   * on a closed token: who cancels cannot know that the pull ended a moment ago.
   */
  public synchronized void cancel() {
    if (!closed) {
      GoNative.tokenCancel(handle);
    }
  }

  /**
   * Frees the token. Closing again does nothing; a pull with a closed token is refused with {@code
   * CLOSED}.
   */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      GoNative.tokenClose(handle);
    }
  }

  long handle() {
    return handle;
  }
}
