package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Writes options as the Go core reads them, and leaves no copy of the password but in the record
 * that it returns: no String, no buffer that grew.
 */
final class OptionsRecord {
  private OptionsRecord() {}

  static byte[] of(Map<String, String> settings, Supplier<char[]> password) {
    Records out = new Records();
    out.u32(settings.size() + (password == null ? 0 : 1));
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      out.str("option", setting.getKey()).str(setting.getKey(), setting.getValue());
    }
    // Last, so that nothing makes the record grow once it is in it.
    byte[] secret = password == null ? null : utf8(password.get());
    try {
      return (secret == null ? out : out.str("option", "password").bytes(secret)).toBytes();
    } finally {
      out.clear();
      clear(secret);
    }
  }

  static void clear(byte[] bytes) {
    if (bytes != null) {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Also clears what it was given. */
  private static byte[] utf8(char[] password) {
    Objects.requireNonNull(password, "password");
    // At most three bytes for a char: this never grows either.
    ByteBuffer whole = ByteBuffer.allocate(3 * password.length);
    try {
      if (UTF_8.newEncoder().encode(CharBuffer.wrap(password), whole, true).isError()) {
        throw Failures.invalid(Messages.badPassword());
      }
      return Arrays.copyOf(whole.array(), whole.position());
    } finally {
      clear(whole.array());
      Arrays.fill(password, '\0');
    }
  }
}
