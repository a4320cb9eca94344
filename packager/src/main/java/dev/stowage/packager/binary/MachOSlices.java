package dev.stowage.packager.binary;

import dev.stowage.loader.header.HeaderException;
import java.util.ArrayList;
import java.util.List;

/** Separates supported Mach-O files from unsupported ones: fat, 32-bit, big-endian. */
final class MachOSlices {
  private static final long FAT = 0xcafebabeL;
  private static final long FAT_64 = 0xcafebabfL;

  /** Java class files begin with the same four bytes, but their next number is 45 or more. */
  private static final int MOST_SLICES = 20;

  private MachOSlices() {}

  static void refuseOthers(Bytes file, long wanted) throws HeaderException {
    long magic = file.u32(0);
    if (magic == wanted) {
      return;
    }
    long big = file.u32big(0);
    if (big == FAT || big == FAT_64) {
      long count = file.u32big(4);
      throw new HeaderException(
          count > MOST_SLICES
              ? "not a library: this is a Java class file"
              : "a Mach-O universal file with " + slices(file, count, big == FAT ? 20 : 32));
    }
    throw new HeaderException(
        magic == 0xfeedfaceL
            ? "a 32-bit Mach-O file for " + machine(file.u32(4)) + "; only 64-bit ones are read"
            : "a big-endian Mach-O file; macOS runs little-endian ones only");
  }

  private static String slices(Bytes file, long count, int entry) throws HeaderException {
    List<String> names = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      names.add(machine(file.u32big(8 + i * entry)));
    }
    return "the slices "
        + String.join(", ", names)
        + "; a classifier JAR holds one machine ('lipo -thin' takes one out)";
  }

  /** The CPU of a {@code cputype}, as in classifiers. */
  static String machine(long cpu) {
    return switch ((int) cpu) {
      case 0x01000007 -> "x86_64";
      case 0x0100000c -> "aarch_64";
      case 7 -> "x86_32";
      case 12 -> "arm_32";
      case 18 -> "ppc_32";
      case 0x01000012 -> "ppc_64";
      default -> "cputype 0x" + Long.toHexString(cpu);
    };
  }
}
