package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Objects;

/** Java strings to the real UTF-8 that crosses the boundary; modified UTF-8 never does. */
final class Text {
  private Text() {}

  /**
   * Encodes strictly: {@code String.getBytes} would turn a lone surrogate into a question mark
   * without a word.
   *
   * @param what names the argument in the error
   */
  static byte[] utf8(String what, String text) {
    Objects.requireNonNull(text, what);
    int code;
    for (int i = 0; i < text.length(); i += Character.charCount(code)) {
      code = text.codePointAt(i);
      if (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
        throw Failures.invalid(Messages.loneSurrogate(what, code, i));
      }
    }
    return text.getBytes(UTF_8);
  }

  /** Makes it absolute first: the JVM's working directory may differ from the process's. */
  static byte[] path(String what, Path path) {
    Objects.requireNonNull(path, what);
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw Failures.invalid(Messages.foreignFileSystem(what, path));
    }
    return utf8(what, path.toAbsolutePath().toString());
  }
}
