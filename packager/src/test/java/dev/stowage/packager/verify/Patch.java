package dev.stowage.packager.verify;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Changes bytes of a library, for defects that no compiler makes. */
final class Patch {
  private static final int LC_SEGMENT_64 = 0x19;
  static final int LC_CODE_SIGNATURE = 0x1d;
  static final int LC_DATA_IN_CODE = 0x29;

  private final byte[] bytes;
  private final ByteBuffer little;

  Patch(byte[] original) {
    bytes = original.clone();
    little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  byte[] bytes() {
    return bytes;
  }

  /** Overwrites every occurrence of a text; the rest of a longer text becomes NUL. */
  Patch text(String from, String to) {
    byte[] old = from.getBytes(StandardCharsets.ISO_8859_1);
    byte[] now = Arrays.copyOf(to.getBytes(StandardCharsets.ISO_8859_1), old.length);
    int count = 0;
    for (int at = 0; at + old.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + old.length, old, 0, old.length)) {
        System.arraycopy(now, 0, bytes, at, now.length);
        count++;
      }
    }
    return require(count > 0, "no '" + from + "'");
  }

  int int32(int at) {
    return little.getInt(at);
  }

  Patch u16(int at, int value) {
    little.putShort(at, (short) value);
    return this;
  }

  Patch u32(int at, int value) {
    little.putInt(at, value);
    return this;
  }

  // ELF, 64 bits.

  /**
   * Sets flags of the first program header of a type; {@code withFlags}, if not 0, must be set in
   * it.
   */
  Patch elfSegmentFlags(int type, int withFlags, int add) {
    int at = (int) little.getLong(32);
    int count = little.getShort(56);
    for (int i = 0; i < count; i++, at += 56) {
      int flags = little.getInt(at + 4);
      if (little.getInt(at) == type && (flags & withFlags) == withFlags) {
        return u32(at + 4, flags | add);
      }
    }
    return require(false, "no program header of type " + type);
  }

  // PE, 64 bits.

  int pe() {
    return little.getInt(0x3c) + 4;
  }

  Patch peClear(int offset, int bits) {
    return u16(pe() + offset, little.getShort(pe() + offset) & ~bits);
  }

  Patch peSet(int offset, int bits) {
    return u16(pe() + offset, little.getShort(pe() + offset) | bits);
  }

  /** Sets characteristics of a section. */
  Patch peSection(String name, int add) {
    int at = pe() + 20 + little.getShort(pe() + 16);
    for (int i = 0; i < little.getShort(pe() + 2); i++, at += 40) {
      if (new String(bytes, at, name.length(), StandardCharsets.US_ASCII).equals(name)) {
        return u32(at + 36, little.getInt(at + 36) | add);
      }
    }
    return require(false, "no section " + name);
  }

  // Mach-O, 64 bits.

  private int command(int wanted, String segment) {
    int at = 32;
    for (int i = 0; i < little.getInt(16); i++, at += little.getInt(at + 4)) {
      String name =
          segment == null
              ? ""
              : new String(bytes, at + 8, segment.length(), StandardCharsets.US_ASCII);
      if (little.getInt(at) == wanted && (segment == null || name.equals(segment))) {
        return at;
      }
    }
    throw new IllegalArgumentException("no load command " + wanted);
  }

  Patch machCommand(int from, int to) {
    return u32(command(from, null), to);
  }

  Patch machSegmentProtection(String segment, int value) {
    int at = command(LC_SEGMENT_64, segment);
    return u32(at + 56, value).u32(at + 60, value);
  }

  Patch machMoveSegment(String segment, long by) {
    int at = command(LC_SEGMENT_64, segment) + 24;
    little.putLong(at, little.getLong(at) + by);
    return this;
  }

  /** Adds flags to the first section of a segment. */
  Patch machFirstSection(String segment, int add) {
    int at = command(LC_SEGMENT_64, segment) + 72 + 64;
    return u32(at, little.getInt(at) | add);
  }

  /** Updates the page hashes of the SHA-256 code directory. */
  Patch seal() {
    try {
      int signature = little.getInt(command(LC_CODE_SIGNATURE, null) + 8);
      ByteBuffer big = ByteBuffer.wrap(bytes);
      int directory = signature;
      while (big.getInt(directory) != 0xfade0c02) {
        directory++;
      }
      int hashes = directory + big.getInt(directory + 16);
      int limit = big.getInt(directory + 32);
      int page = 1 << bytes[directory + 39];
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int i = 0; i < big.getInt(directory + 28); i++) {
        digest.update(bytes, i * page, Math.min(page, limit - i * page));
        System.arraycopy(digest.digest(), 0, bytes, hashes + i * 32, 32);
      }
      return this;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Patch require(boolean so, String what) {
    if (!so) {
      throw new IllegalArgumentException(what);
    }
    return this;
  }
}
