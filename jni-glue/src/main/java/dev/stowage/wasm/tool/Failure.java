package dev.stowage.wasm.tool;

/** The tool itself found why a command cannot be done. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For machines; one of the library's codes where there is one for it. */
  final String code;

  Failure(String code, String text) {
    super(text);
    this.code = code;
  }
}
