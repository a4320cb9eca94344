package dev.stowage.loader.header;

import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * Bounds-checked slices of an ELF file in its byte order. A hostile file cannot cause reads outside
 * the file, nor allocations of more than {@link #LIMIT} bytes in total: every size is charged
 * before it is used.
 */
final class Source {
  /**
   * Bytes that may be read in total. The dynamic tables of the largest known libraries have a few
   * MB.
   */
  static final long LIMIT = 96L << 20;

  /** Bytes charged for a Java object made from an entry of the file. */
  static final int OBJECT = 64;

  private final RandomAccessFile file;
  private final byte[] memory;
  private final long length;
  private long budget = LIMIT;
  boolean wide;
  boolean little;

  Source(RandomAccessFile file) throws IOException {
    this.file = file;
    this.memory = null;
    this.length = file.length();
  }

  Source(byte[] memory) {
    this.file = null;
    this.memory = memory;
    this.length = memory.length;
  }

  long length() {
    return length;
  }

  /** Charges work that a hostile file could multiply, such as symbols and characters of names. */
  void charge(long bytes) throws HeaderException {
    budget -= bytes;
    if (budget < 0) {
      throw new HeaderException("its tables claim more than " + (LIMIT >> 20) + " MB");
    }
  }

  /** Copies {@code size} bytes from {@code offset}; a range outside the file is an error. */
  Slice slice(long offset, long size, String what) throws IOException {
    if (offset < 0 || size < 0 || offset > length || size > length - offset) {
      throw new HeaderException("truncated or damaged: " + what + " lies outside of the file");
    }
    charge(size);
    byte[] copy = new byte[(int) size];
    if (file == null) {
      System.arraycopy(memory, (int) offset, copy, 0, copy.length);
    } else {
      file.seek(offset);
      file.readFully(copy);
    }
    return new Slice(copy, what);
  }

  /** A part of the file, read in its byte order and word size. */
  final class Slice {
    private final byte[] bytes;
    private final String what;

    Slice(byte[] bytes, String what) {
      this.bytes = bytes;
      this.what = what;
    }

    int size() {
      return bytes.length;
    }

    byte[] bytes() {
      return bytes;
    }

    int u8(long at) throws HeaderException {
      return bytes[check(at, 1)] & 255;
    }

    int u16(long at) throws HeaderException {
      return (int) number(at, 2);
    }

    long u32(long at) throws HeaderException {
      return number(at, 4);
    }

    long u64(long at) throws HeaderException {
      return number(at, 8);
    }

    /** An address or a size: 8 bytes in a 64-bit file, 4 in a 32-bit file. */
    long word(long at) throws HeaderException {
      return number(at, wide ? 8 : 4);
    }

    /** The bytes up to the next NUL, as Latin-1 (ELF gives names no encoding). */
    String text(long at) throws HeaderException {
      int from = check(at, 1);
      int to = from;
      while (to < bytes.length && bytes[to] != 0) {
        to++;
      }
      if (to == bytes.length) {
        throw new HeaderException("truncated or damaged: a name in " + what + " has no end");
      }
      charge(to - from + OBJECT);
      return new String(bytes, from, to - from, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private long number(long at, int size) throws HeaderException {
      int from = check(at, size);
      long value = 0;
      for (int i = 0; i < size; i++) {
        int index = little ? from + size - 1 - i : from + i;
        value = value << 8 | (bytes[index] & 255);
      }
      return value;
    }

    private int check(long at, int size) throws HeaderException {
      if (at < 0 || at > bytes.length - (long) size) {
        throw new HeaderException("truncated or damaged: " + what + " is too short");
      }
      return (int) at;
    }
  }
}
