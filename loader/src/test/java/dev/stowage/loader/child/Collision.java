package dev.stowage.loader.child;

import java.util.zip.CRC32;

/**
 * Makes other bytes with the same size and CRC-32. The CRC is linear: flipping a bit changes it by
 * a value that depends only on the position of the bit, so 32 free bits after a change can
 * compensate any difference.
 */
public final class Collision {
  private Collision() {}

  /**
   * Flips one bit of the byte at {@code at} and sets the four bytes after it so that the CRC-32 of
   * the whole does not change.
   */
  public static byte[] at(byte[] original, int at) {
    byte[] forged = original.clone();
    forged[at] ^= 1;
    int difference = crc(forged) ^ crc(original);
    // Gaussian elimination over GF(2): effects[i] has i as its highest bit of the CRC's change.
    int[] effects = new int[32];
    int[] flips = new int[32];
    for (int bit = 0; bit < 32; bit++) {
      int effect = effect(original, at + 1, bit);
      int flip = 1 << bit;
      for (int high = 31; high >= 0 && effect != 0; high--) {
        if ((effect >>> high & 1) == 0) {
          continue;
        }
        if (effects[high] == 0) {
          effects[high] = effect;
          flips[high] = flip;
          break;
        }
        effect ^= effects[high];
        flip ^= flips[high];
      }
    }
    int wanted = 0;
    for (int high = 31; high >= 0; high--) {
      if ((difference >>> high & 1) != 0) {
        difference ^= effects[high];
        wanted ^= flips[high];
      }
    }
    for (int bit = 0; bit < 32; bit++) {
      if ((wanted >>> bit & 1) != 0) {
        flip(forged, at + 1, bit);
      }
    }
    if (crc(forged) != crc(original)) {
      throw new AssertionError("no collision found");
    }
    return forged;
  }

  private static int effect(byte[] bytes, int at, int bit) {
    byte[] flipped = bytes.clone();
    flip(flipped, at, bit);
    return crc(flipped) ^ crc(bytes);
  }

  private static void flip(byte[] bytes, int at, int bit) {
    bytes[at + bit / 8] ^= (byte) (1 << bit % 8);
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
