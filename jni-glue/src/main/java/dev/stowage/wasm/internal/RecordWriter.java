package dev.stowage.wasm.internal;

import java.util.Arrays;

/**
 * Writes the records that the cores read, as their C headers define them: little endian, without
 * padding; a text is a u32 length in bytes and UTF-8, a list is a u32 count and its elements.
 * {@link RecordReader} reads them.
 */
public final class RecordWriter {
  private byte[] bytes = new byte[256];
  private int length;

  /** Writes a kind, or another number from 0 to 255. */
  public RecordWriter u8(int value) {
    room(Byte.BYTES);
    bytes[length++] = (byte) value;
    return this;
  }

  /** Writes a count or a length, as unsigned. */
  public RecordWriter u32(int value) {
    return little(value, Integer.BYTES);
  }

  /** Writes a slot, or another number of 64 bits. */
  public RecordWriter u64(long value) {
    return little(value, Long.BYTES);
  }

  /**
   * Writes a text.
   *
   * @param what names it in the error for a lone surrogate
   */
  public RecordWriter str(String what, String text) {
    return bytes(Utf8.of(what, text));
  }

  /** Writes bytes, with their length before them. */
  public RecordWriter bytes(byte[] value) {
    u32(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  /** Returns a copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Overwrites what was written: it may hold a password. */
  void clear() {
    Arrays.fill(bytes, (byte) 0);
    length = 0;
  }

  private RecordWriter little(long value, int width) {
    room(width);
    for (int i = 0; i < width; i++) {
      bytes[length++] = (byte) (value >>> (8 * i));
    }
    return this;
  }

  private void room(int more) {
    if (more > bytes.length - length) {
      // More than an array can hold is an OutOfMemoryError, as everywhere in Java.
      long wanted = Math.max(2L * bytes.length, (long) length + more);
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
      if (more > bytes.length - length) {
        throw new OutOfMemoryError(WasmMessages.recordTooLong());
      }
    }
  }
}
