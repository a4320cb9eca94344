package dev.stowage.loader;

/**
 * A native library could not be loaded. The message has a headline with the error's id, what was
 * found, the fix with the commands to type, and the numbered steps that were tried. The exceptions
 * of these steps are suppressed exceptions of it; if the failure is thrown again, only their texts
 * are. {@code docs/troubleshooting.md} has one section per id.
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

  /**
   * Throws this. For classes of a cold start that goes well: the verifier loads what a throw
   * statement throws.
   */
  void raise() {
    throw this;
  }

  /** The error's id, {@code STOW-nn}; stable across releases. */
  public String id() {
    return id;
  }
}
