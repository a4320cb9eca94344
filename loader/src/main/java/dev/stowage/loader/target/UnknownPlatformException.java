package dev.stowage.loader.target;

/**
 * This JVM runs on no row of the targets table. The message says what was found, {@link #known()}
 * what would have done.
 *
 * @since 0.1.0
 */
public final class UnknownPlatformException extends Exception {
  private static final long serialVersionUID = 1;

  UnknownPlatformException(String message) {
    super(message);
  }

  /** The known rows, as one readable list. */
  public String known() {
    StringBuilder text = new StringBuilder();
    for (Target target : Targets.all()) {
      text.append(text.length() == 0 ? "" : ", ").append(target.classifier());
    }
    return text.toString();
  }
}
