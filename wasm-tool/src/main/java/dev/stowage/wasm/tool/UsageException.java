package dev.stowage.wasm.tool;

/** The command line is wrong; the text has the reason and the correct form. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String text) {
    super(text);
  }
}
