package dev.stowage.wasm;

import java.util.Arrays;

/**
 * Writes what the cores read: little endian, no padding; a text is a u32 length in bytes and UTF-8,
 * a list a u32 count and its entries. Defined in the cores' C headers; {@link RecordReader} is the
 * way back.
 */
final class Records {
  private byte[] bytes = new byte[256];
  private int length;

  /** A kind, or another number from 0 to 255. */
  Records u8(int value) {
    room(Byte.BYTES);
    bytes[length++] = (byte) value;
    return this;
  }

  /** A count or a length; taken as unsigned. */
  Records u32(int value) {
    return little(value, Integer.BYTES);
  }

  /** A slot, or another number of 64 bits. */
  Records u64(long value) {
    return little(value, Long.BYTES);
  }

  /**
   * A text.
   *
   * @param what names it in the error for a lone surrogate
   */
  Records str(String what, String text) {
    return bytes(Text.utf8(what, text));
  }

  /** Bytes with their length before them. */
  Records bytes(byte[] value) {
    u32(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Overwrites what was written, for there may be a password in it. */
  void clear() {
    Arrays.fill(bytes, (byte) 0);
    length = 0;
  }

  private Records little(long value, int width) {
    room(width);
    for (int i = 0; i < width; i++) {
      bytes[length++] = (byte) (value >>> (8 * i));
    }
    return this;
  }

  private void room(int more) {
    if (more > bytes.length - length) {
      // Beyond what an array can hold this is OutOfMemoryError, as for every other array.
      long wanted = Math.max(2L * bytes.length, (long) length + more);
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
      if (more > bytes.length - length) {
        throw new OutOfMemoryError(Messages.recordTooLong());
      }
    }
  }
}
