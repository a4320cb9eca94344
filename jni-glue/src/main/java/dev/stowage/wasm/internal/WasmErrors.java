package dev.stowage.wasm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.wasm.WasmException;
import dev.stowage.wasm.WasmException.Code;

/**
 * Creates exceptions from the cores' status codes. A test compares the two tables with the C
 * headers.
 */
public final class WasmErrors {
  /** By SWR_ number; 0 is success. */
  private static final Code[] RUST = {
    null,
    Code.PANIC,
    Code.INVALID_ARGUMENT,
    Code.CLOSED,
    Code.INVALID_MODULE,
    Code.MISSING_IMPORT,
    Code.UNKNOWN_EXPORT,
    Code.WRONG_ARGUMENTS,
    Code.TRAP,
    Code.OUT_OF_FUEL,
    Code.HOST,
    Code.BUSY,
    Code.TOO_LARGE,
    Code.CANCELED,
    Code.EXIT,
    Code.OUT_OF_BOUNDS,
    Code.CALL_DEPTH
  };

  /** By SWG_ number; 0 is success. */
  private static final Code[] GO = {
    null,
    Code.PANIC,
    Code.INVALID_ARGUMENT,
    Code.CLOSED,
    Code.INVALID_REFERENCE,
    Code.NOT_FOUND,
    Code.DIGEST_MISMATCH,
    Code.TRUNCATED,
    Code.UNSUPPORTED,
    Code.CANCELED,
    Code.HOST,
    Code.NETWORK,
    Code.IO,
    Code.INTERNAL,
    Code.UNAUTHORIZED,
    Code.FORBIDDEN,
    Code.TIMEOUT,
    Code.TOO_LARGE
  };

  private WasmErrors() {}

  static RuntimeException rust(int status, byte[] text) {
    return of(rustCode(status), status, text);
  }

  static RuntimeException go(int status, byte[] text) {
    return of(goCode(status), status, text);
  }

  /** Returns an {@code INVALID_ARGUMENT}. */
  public static RuntimeException invalid(String text) {
    return new WasmException(Code.INVALID_ARGUMENT, text);
  }

  static RuntimeException tokenClosed() {
    return new WasmException(Code.CLOSED, WasmMessages.tokenClosed());
  }

  static Code rustCode(int status) {
    return code(RUST, status);
  }

  static Code goCode(int status) {
    return code(GO, status);
  }

  private static Code code(Code[] table, int status) {
    return status > 0 && status < table.length ? table[status] : Code.INTERNAL;
  }

  private static RuntimeException of(Code code, int status, byte[] text) {
    String reason = new String(text, UTF_8);
    return new WasmException(code, reason.isEmpty() ? WasmMessages.noText(status) : reason);
  }
}
