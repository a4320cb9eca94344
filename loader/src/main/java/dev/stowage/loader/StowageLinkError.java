package dev.stowage.loader;

import java.util.List;

/**
 * A native library could not be loaded. The message has a headline with the error's id, what was
 * found, how to fix it in the user's own spelling, and each numbered step that was tried; the
 * exceptions met on the way are suppressed under it. {@code docs/troubleshooting.md} has one
 * section per id.
 *
 * @since 0.1.0
 */
public final class StowageLinkError extends UnsatisfiedLinkError {
  private static final long serialVersionUID = 1;

  private final String id;
  private final String unit;

  StowageLinkError(String id, String unit, String message, List<Throwable> attempts) {
    super(message);
    this.id = id;
    this.unit = unit;
    for (Throwable attempt : attempts) {
      addSuppressed(attempt);
    }
  }

  /** The error's id, {@code STOW-nn}; stable across releases. */
  public String id() {
    return id;
  }

  String unit() {
    return unit;
  }

  /**
   * The same failure for another caller: its own stack, the same text and attempts, the first one
   * as cause.
   */
  StowageLinkError again() {
    StowageLinkError error =
        new StowageLinkError(id, unit, getMessage(), java.util.Arrays.asList(getSuppressed()));
    error.initCause(this);
    return error;
  }
}
