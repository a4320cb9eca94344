package dev.stowage.loader;

/**
 * A native library could not be loaded. The message has a headline with the error's id, what was
 * found, how to fix it as the user would type it, and each numbered step that was tried; the
 * exceptions met on the way are suppressed under it (when the failure is thrown again, their text).
 * {@code docs/troubleshooting.md} has one section per id.
 *
 * @since 0.1.0
 */
public final class StowageLinkError extends UnsatisfiedLinkError {
  private static final long serialVersionUID = 1;

  private final String id;

  StowageLinkError(String id, String message) {
    super(message);
    this.id = id;
  }

  /** The error's id, {@code STOW-nn}; stable across releases. */
  public String id() {
    return id;
  }
}
