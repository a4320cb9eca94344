package dev.stowage.loader.header;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the mark {@code stowage-contract:<64 hex digits>} that every shim has in its read-only
 * data. The digits are the digest of the native methods for which the shim was compiled.
 *
 * @since 0.1.0
 */
public final class ContractMark {
  private static final byte[] PREFIX = "stowage-contract:".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 64;

  private ContractMark() {}

  /** All digests in the file, in order; exactly one in a shim, none in a core. */
  public static List<String> find(File file) throws IOException {
    try (InputStream in = new FileInputStream(file)) {
      return find(in);
    }
  }

  /** Like {@link #find(File)}, for a stream, which is read to its end and not closed. */
  public static List<String> find(InputStream in) throws IOException {
    List<String> found = new ArrayList<>();
    byte[] buffer = new byte[1 << 16];
    int mark = PREFIX.length + DIGITS;
    int kept = 0;
    for (int read; (read = in.read(buffer, kept, buffer.length - kept)) > 0; ) {
      int filled = kept + read;
      int at = 0;
      for (; at + mark <= filled; at++) {
        int colon = at + PREFIX.length - 1;
        String digest = buffer[colon] == ':' ? at(buffer, colon) : null;
        if (digest != null) {
          found.add(digest);
        }
      }
      kept = filled - at;
      System.arraycopy(buffer, at, buffer, 0, kept);
    }
    return found;
  }

  /**
   * The digest of the mark whose colon is at an offset, or null if there is no mark.
   *
   * @param content of a file
   * @param colon offset of the colon
   */
  public static String at(byte[] content, int colon) {
    int from = colon + 1 - PREFIX.length;
    int digits = colon + 1;
    if (from < 0 || digits + DIGITS > content.length) {
      return null;
    }
    for (int i = 0; i < PREFIX.length; i++) {
      if (content[from + i] != PREFIX[i]) {
        return null;
      }
    }
    for (int i = digits; i < digits + DIGITS; i++) {
      byte b = content[i];
      if ((b < '0' || b > '9') && (b < 'a' || b > 'f')) {
        return null;
      }
    }
    return new String(content, digits, DIGITS, StandardCharsets.US_ASCII);
  }
}
