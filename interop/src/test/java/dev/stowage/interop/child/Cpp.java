package dev.stowage.interop.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.interop.preset.WasmRust;
import dev.stowage.interop.preset.WasmRust.swr_buffer;
import dev.stowage.wasm.WasmException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The same calls through the class that JavaCPP generated, with outcomes in the form of {@link
 * Api}.
 */
final class Cpp {
  private Cpp() {}

  static String validate(byte[] input, boolean direct) {
    try (swr_buffer error = new swr_buffer()) {
      int status =
          direct
              ? WasmRust.swr_validate(Api.copy(input), input.length, error)
              : WasmRust.swr_validate(input, input.length, error);
      return status == WasmRust.SWR_OK ? "OK " : failure(status, error);
    }
  }

  static String describe(byte[] input, boolean direct) {
    try (swr_buffer out = new swr_buffer();
        swr_buffer error = new swr_buffer()) {
      int status =
          direct
              ? WasmRust.swr_describe(Api.copy(input), input.length, out, error)
              : WasmRust.swr_describe(input, input.length, out, error);
      return status == WasmRust.SWR_OK ? "OK " + text(take(out)) : failure(status, error);
    }
  }

  static byte[] sha256(byte[] input, boolean direct) {
    byte[] digest = new byte[32];
    int status;
    try (swr_buffer error = new swr_buffer()) {
      if (direct) {
        ByteBuffer out = ByteBuffer.allocateDirect(digest.length);
        status = WasmRust.swr_sha256(Api.copy(input), input.length, out, error);
        out.get(digest);
      } else {
        status = WasmRust.swr_sha256(input, input.length, digest, error);
      }
    }
    if (status != WasmRust.SWR_OK) {
      throw new AssertionError(status);
    }
    return digest;
  }

  private static String failure(int status, swr_buffer error) {
    return code(status) + " " + new String(take(error), UTF_8);
  }

  /** The API's code for a status; only for those that these calls can return. */
  private static Code code(int status) {
    return switch (status) {
      case WasmRust.SWR_INVALID_MODULE -> Code.INVALID_MODULE;
      case WasmRust.SWR_TOO_LARGE -> Code.TOO_LARGE;
      default -> throw new AssertionError("status " + status);
    };
  }

  /** Copies the bytes of an owned buffer, and frees it. */
  private static byte[] take(swr_buffer buffer) {
    byte[] bytes = new byte[(int) buffer.len()];
    if (bytes.length > 0) {
      buffer.ptr().get(bytes);
    }
    WasmRust.swr_buffer_free(buffer);
    return bytes;
  }

  /** Reads the record by the format in the C header, without the reader of the API. */
  private static String text(byte[] record) {
    String[] kinds = {"FUNC", "TABLE", "MEMORY", "GLOBAL", "TAG"};
    ByteBuffer in = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    StringBuilder out = new StringBuilder();
    if (in.getInt() != 1) {
      throw new AssertionError("not format 1");
    }
    list(in, () -> Api.line(out, "import", str(in), str(in), kinds[in.get()], str(in)));
    list(in, () -> Api.line(out, "export", str(in), kinds[in.get()], str(in)));
    list(in, () -> Api.line(out, "memory", str(in)));
    list(in, () -> Api.line(out, "table", str(in)));
    list(in, () -> Api.line(out, "global", str(in)));
    list(in, () -> Api.line(out, "custom", str(in), in.getLong(), in.getLong()));
    list(in, () -> Api.line(out, "producer", str(in), str(in), str(in)));
    list(in, () -> Api.line(out, "feature", str(in)));
    if (in.hasRemaining()) {
      throw new AssertionError(in.remaining() + " bytes behind the last list");
    }
    return out.toString();
  }

  private static void list(ByteBuffer in, Runnable entry) {
    for (int left = in.getInt(); left > 0; left--) {
      entry.run();
    }
  }

  private static String str(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return new String(bytes, UTF_8);
  }
}
