package dev.stowage.loader.header;

import java.io.IOException;

/**
 * A file is not a readable library of the expected kind: garbage, truncated, or of another
 * operating system. The message is a sentence for people without the name of the file, which the
 * caller has.
 *
 * @since 0.1.0
 */
public final class HeaderException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Used by the readers of this package and of the packager.
   *
   * @param message a sentence for people
   */
  public HeaderException(String message) {
    super(message);
  }
}
