package dev.stowage.packager.binary;

import dev.stowage.loader.header.HeaderException;

/** Numbers of variable length: seven bits per byte, lowest first (DWARF's ULEB128). */
final class Uleb {
  private final Bytes bytes;
  private long at;

  Uleb(Bytes bytes, long at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The next number; bits beyond 64 are an error. */
  long next() throws HeaderException {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int b = bytes.u8(at++);
      if (shift > 63 || (shift == 63 && b > 1)) {
        throw new HeaderException("truncated or damaged: a number of more than 64 bits");
      }
      value |= (long) (b & 127) << shift;
      if (b < 128) {
        return value;
      }
    }
  }

  /** Where the next number begins. */
  long at() {
    return at;
  }
}
