package dev.stowage.packager.binary;

import dev.stowage.loader.header.HeaderException;

/** The checksum of imagehlp's CheckSumMappedFile: 16-bit words with carry, plus the length. */
final class PeChecksum {
  private PeChecksum() {}

  /**
   * Computes the checksum.
   *
   * @param at its offset in the header; these four bytes count as zero
   */
  static long of(Bytes file, long at) throws HeaderException {
    long sum = 0;
    long even = file.size() & ~3L;
    for (long i = 0; i < even; i += 4) {
      sum += file.u32(i);
    }
    for (long i = even; i < file.size(); i++) {
      sum += (long) file.u8(i) << (8 * (i - even));
    }
    sum -= file.u32(at);
    // 2^16 is 1 modulo 2^16 - 1, so words of 32 bits fold to the same sum as words of 16.
    while (sum >>> 16 != 0) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return sum + file.size();
  }
}
