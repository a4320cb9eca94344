package dev.stowage.wasm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Writes options as the Go core reads them. Only the returned record contains the password: it is
 * never in a String, nor in a buffer that was reallocated.
 */
public final class OptionsRecord {
  private OptionsRecord() {}

  /** Returns the record; the caller clears it after use. {@code password} may be null. */
  public static byte[] of(Map<String, String> settings, Supplier<char[]> password) {
    RecordWriter out = new RecordWriter();
    out.u32(settings.size() + (password == null ? 0 : 1));
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      out.str("option", setting.getKey()).str(setting.getKey(), setting.getValue());
    }
    // The password comes last: if the record grew after that, it would leave a copy.
    byte[] secret = password == null ? null : utf8(password.get());
    try {
      return (secret == null ? out : out.str("option", "password").bytes(secret)).toBytes();
    } finally {
      out.clear();
      clear(secret);
    }
  }

  /** Overwrites bytes with zeros; null is allowed. */
  public static void clear(byte[] bytes) {
    if (bytes != null) {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Encodes the password and overwrites the array that it was in. */
  private static byte[] utf8(char[] password) {
    Objects.requireNonNull(password, "password");
    // A char takes three bytes at most, so this buffer never grows.
    ByteBuffer whole = ByteBuffer.allocate(3 * password.length);
    try {
      if (UTF_8.newEncoder().encode(CharBuffer.wrap(password), whole, true).isError()) {
        throw WasmErrors.invalid(WasmMessages.badPassword());
      }
      return Arrays.copyOf(whole.array(), whole.position());
    } finally {
      clear(whole.array());
      Arrays.fill(password, '\0');
    }
  }
}
