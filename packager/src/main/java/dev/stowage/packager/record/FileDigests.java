package dev.stowage.packager.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Digests as lower case hex.
 *
 * @since 0.1.0
 */
public final class FileDigests {
  private FileDigests() {}

  /**
   * Size and digests of one file, from one pass over it.
   *
   * @param size bytes
   * @param sha256 64 hex digits
   * @param crc32 8 hex digits
   */
  public record FileDigest(long size, String sha256, String crc32) {}

  /** SHA-256 of bytes, 64 hex digits. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /**
   * Size, SHA-256 and CRC-32 of a file.
   *
   * @throws UncheckedIOException when it cannot be read
   */
  public static FileDigest of(Path file) {
    MessageDigest sha = digest();
    CRC32 crc = new CRC32();
    long size = 0;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] block = new byte[1 << 16];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        sha.update(block, 0, n);
        crc.update(block, 0, n);
        size += n;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    HexFormat hex = HexFormat.of();
    return new FileDigest(size, hex.formatHex(sha.digest()), hex.toHexDigits((int) crc.getValue()));
  }

  /** Size, SHA-256 and CRC-32 of a file's content. */
  public static FileDigest of(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    String hex = HexFormat.of().toHexDigits((int) crc.getValue());
    return new FileDigest(content.length, sha256(content), hex);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
