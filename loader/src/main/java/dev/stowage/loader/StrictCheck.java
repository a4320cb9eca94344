package dev.stowage.loader;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Strict mode ({@code -Dstowage.strict=true}): content is compared by SHA-256. CRC-32 finds damage;
 * this also finds a change that was made on purpose, for example by another process of this user.
 * In a class of its own, because the first digest of a JVM costs more than a whole warm start.
 */
final class StrictCheck {
  private StrictCheck() {}

  /**
   * True when a stream has this size and digest; reads it to its end.
   *
   * @param sha256 64 lower-case hexadecimal digits
   */
  static boolean isAuthentic(InputStream in, long size, String sha256) throws IOException {
    MessageDigest digest = newDigest();
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    for (int read; (read = in.read(buffer)) > 0; total += read) {
      digest.update(buffer, 0, read);
    }
    return total == size && hex(digest.digest()).equals(sha256);
  }

  private static MessageDigest newDigest() throws IOException {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e); // Every Java platform must have it (MessageDigest's Javadoc).
    }
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder(2 * bytes.length);
    for (byte b : bytes) {
      text.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return text.toString();
  }
}
