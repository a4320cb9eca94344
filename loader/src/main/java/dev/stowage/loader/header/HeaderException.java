package dev.stowage.loader.header;

import java.io.IOException;

/**
 * A file is not a readable library of the expected kind: garbage, truncated, or of another
 * operating system. The message is a sentence for a person and names neither file nor directory;
 * the caller knows which file it asked about.
 *
 * @since 0.1.0
 */
public final class HeaderException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * For this package's readers and the packager's.
   *
   * @param message a sentence for a person
   */
  public HeaderException(String message) {
    super(message);
  }
}
