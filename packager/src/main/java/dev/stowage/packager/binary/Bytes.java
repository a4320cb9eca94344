package dev.stowage.packager.binary;

import dev.stowage.loader.header.HeaderException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A part of a file, read with bounds checks. Parts share the bytes of the file and one budget, so
 * that a hostile file cannot cause unlimited work: names are charged before they are copied.
 */
final class Bytes {
  /** Limit of characters and entries of a file; the largest known libraries have a few million. */
  private static final long LIMIT = 128L << 20;

  /** The charge for a Java object made from an entry of the file. */
  private static final int OBJECT = 64;

  private static final VarHandle U16 = view(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle U32 = view(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle U64 = view(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle U32_BIG = view(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle U64_BIG = view(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] file;
  private final int from;
  private final int size;
  private final String what;
  private final long[] budget;

  private Bytes(byte[] file, int from, int size, String what, long[] budget) {
    this.file = file;
    this.from = from;
    this.size = size;
    this.what = what;
    this.budget = budget;
  }

  static Bytes of(byte[] file) {
    return new Bytes(file, 0, file.length, "the file", new long[] {LIMIT});
  }

  private static VarHandle view(Class<?> type, ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(type, order);
  }

  int size() {
    return size;
  }

  /** A part of this part. */
  Bytes slice(long offset, long length, String name) throws HeaderException {
    if (offset < 0 || length < 0 || offset > size || length > size - offset) {
      throw new HeaderException("truncated or damaged: " + name + " lies outside of " + this.what);
    }
    return new Bytes(file, from + (int) offset, (int) length, name, budget);
  }

  /** The bytes from an offset to the end. */
  Bytes rest(long offset, String name) throws HeaderException {
    return slice(offset, size - offset, name);
  }

  int u8(long at) throws HeaderException {
    return file[check(at, 1)] & 255;
  }

  int u16(long at) throws HeaderException {
    return (short) U16.get(file, check(at, 2)) & 0xffff;
  }

  long u32(long at) throws HeaderException {
    return (int) U32.get(file, check(at, 4)) & 0xffffffffL;
  }

  long u64(long at) throws HeaderException {
    return (long) U64.get(file, check(at, 8));
  }

  /** Big-endian, as in code signatures. */
  long u32big(long at) throws HeaderException {
    return (int) U32_BIG.get(file, check(at, 4)) & 0xffffffffL;
  }

  long u64big(long at) throws HeaderException {
    return (long) U64_BIG.get(file, check(at, 8));
  }

  /** The bytes up to the next NUL, as UTF-8. */
  String text(long at) throws HeaderException {
    int length = length(at);
    return new String(file, from + (int) at, length, StandardCharsets.UTF_8);
  }

  /** The number of bytes up to the next NUL. */
  int length(long at) throws HeaderException {
    int start = check(at, 1);
    int end = start;
    while (end < from + size && file[end] != 0) {
      end++;
    }
    charge(end - start + OBJECT);
    if (end == from + size) {
      throw new HeaderException("truncated or damaged: a name in " + what + " has no end");
    }
    return end - start;
  }

  /** A field of fixed width, padded with NUL. */
  String field(long at, int width) throws HeaderException {
    int start = check(at, width);
    int end = start;
    while (end < start + width && file[end] != 0) {
      end++;
    }
    charge(width + OBJECT);
    return new String(file, start, end - start, StandardCharsets.UTF_8);
  }

  String hex(long at, int width) throws HeaderException {
    int start = check(at, width);
    charge(2L * width + OBJECT);
    return java.util.HexFormat.of().formatHex(file, start, start + width);
  }

  void digest(MessageDigest digest, long at, int length) throws HeaderException {
    digest.update(file, check(at, length), length);
  }

  /** True when the bytes at an offset equal the beginning of an array. */
  boolean matches(long at, byte[] other, int length) throws HeaderException {
    int start = check(at, length);
    return java.util.Arrays.equals(file, start, start + length, other, 0, length);
  }

  /** Charges work to the budget. */
  void charge(long work) throws HeaderException {
    budget[0] -= work;
    if (budget[0] < 0) {
      throw new HeaderException("its tables claim more than " + (LIMIT >> 20) + " MB");
    }
  }

  private int check(long at, int width) throws HeaderException {
    if (at < 0 || at > size - (long) width) {
      throw new HeaderException("truncated or damaged: " + what + " is too short");
    }
    return from + (int) at;
  }
}
