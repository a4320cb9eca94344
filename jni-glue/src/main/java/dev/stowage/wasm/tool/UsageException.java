package dev.stowage.wasm.tool;

/** The command line cannot be understood; the text says why and what to write. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String text) {
    super(text);
  }
}
