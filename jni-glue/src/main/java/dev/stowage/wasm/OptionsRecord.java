package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Writes options as the Go core reads them, and leaves no copy of the password but the one it
 * returns: no String, no buffer that grew.
 */
final class OptionsRecord {
  private OptionsRecord() {}

  static byte[] of(Map<String, String> settings, Supplier<char[]> password) {
    Map<String, byte[]> entries = new TreeMap<>();
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      entries.put(setting.getKey(), Text.utf8(setting.getKey(), setting.getValue()));
    }
    byte[] secret = password == null ? null : secret(password.get());
    if (secret != null) {
      entries.put("password", secret);
    }
    try {
      return write(entries);
    } finally {
      clear(secret);
    }
  }

  static void clear(byte[] bytes) {
    if (bytes != null) {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] write(Map<String, byte[]> entries) {
    int size = Integer.BYTES;
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      size += 2 * Integer.BYTES + entry.getKey().length() + entry.getValue().length;
    }
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(entries.size());
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      byte[] key = entry.getKey().getBytes(UTF_8);
      out.putInt(key.length).put(key);
      out.putInt(entry.getValue().length).put(entry.getValue());
    }
    return out.array();
  }

  private static byte[] secret(char[] chars) {
    Objects.requireNonNull(chars, "password");
    // At most three bytes for a char: the buffer never grows.
    ByteBuffer whole = ByteBuffer.allocate(3 * chars.length);
    try {
      boolean valid = !UTF_8.newEncoder().encode(CharBuffer.wrap(chars), whole, true).isError();
      if (!valid) {
        throw Failures.invalid(Messages.badPassword());
      }
      return Arrays.copyOf(whole.array(), whole.position());
    } finally {
      clear(whole.array());
      Arrays.fill(chars, '\0');
    }
  }
}
