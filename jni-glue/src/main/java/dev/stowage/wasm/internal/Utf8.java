package dev.stowage.wasm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Objects;

/** Encodes Java strings for the cores, in standard UTF-8: JNI's modified UTF-8 is never used. */
public final class Utf8 {
  private Utf8() {}

  /**
   * Encodes strictly: {@code String.getBytes} would silently replace a lone surrogate by a question
   * mark.
   *
   * @param what names the argument in the error
   */
  public static byte[] of(String what, String text) {
    Objects.requireNonNull(text, what);
    int code;
    for (int i = 0; i < text.length(); i += Character.charCount(code)) {
      code = text.codePointAt(i);
      if (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
        throw WasmErrors.invalid(WasmMessages.loneSurrogate(what, code, i));
      }
    }
    return text.getBytes(UTF_8);
  }

  /**
   * Encodes an absolute path: the working directory of the JVM may differ from the process's.
   *
   * @param what names the argument in the error
   */
  public static byte[] path(String what, Path path) {
    Objects.requireNonNull(path, what);
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw WasmErrors.invalid(WasmMessages.foreignFileSystem(what, path));
    }
    return of(what, path.toAbsolutePath().toString());
  }
}
