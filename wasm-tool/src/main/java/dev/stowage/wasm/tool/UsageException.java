package dev.stowage.wasm.tool;

/** The command line does not fit; the text has the reason and what to write. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String text) {
    super(text);
  }
}
