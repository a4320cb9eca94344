package dev.stowage.wasm.tool;

/** An error that the tool itself found. */
final class ToolError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The code for machines, one of the library's if one fits. */
  final String code;

  ToolError(String code, String text) {
    super(text);
    this.code = code;
  }
}
