package dev.stowage.loader.header;

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

  /** All digests in the content of a file, in order; exactly one in a shim, none in a core. */
  public static List<String> find(byte[] content) {
    List<String> found = new ArrayList<>();
    for (int at = 0; at < content.length; at++) {
      String digest = content[at] == ':' ? at(content, at) : null;
      if (digest != null) {
        found.add(digest);
      }
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
