package dev.stowage.wasm;

import java.util.Objects;

/**
 * How a pull runs. Immutable; each {@code with} method returns a changed copy.
 *
 * @since 0.1.0
 */
public final class PullOptions {
  private static final PullOptions DEFAULTS = new PullOptions(null, null);

  private final PullProgress progress;
  private final CancelToken cancelToken;

  private PullOptions(PullProgress progress, CancelToken cancelToken) {
    this.progress = progress;
    this.cancelToken = cancelToken;
  }

  /** Returns options without progress and without a token. */
  public static PullOptions defaults() {
    return DEFAULTS;
  }

  /** Sets who is told how far the pull is. */
  public PullOptions withProgress(PullProgress progress) {
    return new PullOptions(Objects.requireNonNull(progress, "progress"), cancelToken);
  }

  /** Sets the token that can cancel the pull. The caller closes it, after the pull. */
  public PullOptions withCancelToken(CancelToken cancelToken) {
    return new PullOptions(progress, Objects.requireNonNull(cancelToken, "cancelToken"));
  }

  /** Returns the listener, or null if none was set. */
  public PullProgress progress() {
    return progress;
  }

  /** Returns the token, or null if none was set. */
  public CancelToken cancelToken() {
    return cancelToken;
  }
}
