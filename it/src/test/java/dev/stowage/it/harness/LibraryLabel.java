package dev.stowage.it.harness;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The kind of a library, from its first bytes and the name of its C library: "elf x86_64 glibc".
 * This is a separate reader, so that packager and loader are not checked with themselves.
 */
public final class LibraryLabel {
  private static final int ELF = 0x464c457f; // 7f 45 4c 46, gABI
  private static final int MACH_O_64 = 0xfeedfacf; // MH_MAGIC_64, mach-o/loader.h
  private static final int PE = 0x4550; // "PE\0\0", PE format specification

  private LibraryLabel() {}

  /** The label, or a text with the reason why there is none. */
  public static String of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 64) {
      return bytes.length + " bytes";
    }
    if (in.getInt(0) == ELF) {
      return elf(in, new String(bytes, StandardCharsets.ISO_8859_1));
    }
    if (in.getInt(0) == MACH_O_64) {
      return machO(in);
    }
    boolean dos = bytes[0] == 'M' && bytes[1] == 'Z';
    int header = dos ? in.getInt(0x3c) : 0;
    return dos && header > 0 && header < bytes.length - 24 && in.getInt(header) == PE
        ? pe(in, header)
        : "no library";
  }

  private static String elf(ByteBuffer in, String text) {
    boolean shared = in.get(4) == 2 && in.get(5) == 1 && in.getShort(16) == 3; // 64 bits, LSB, DYN
    String machine =
        switch (in.getShort(18)) {
          case 62 -> "x86_64";
          case 183 -> "aarch_64";
          default -> "machine " + in.getShort(18);
        };
    // The names of needed libraries are in one table of strings, each between two zero bytes.
    boolean glibc = text.contains("\0libc.so.6\0");
    boolean musl = text.contains("\0libc.so\0");
    String libc = glibc == musl ? "no one libc" : glibc ? "glibc" : "musl";
    return (shared ? "elf " : "elf but no 64-bit library ") + machine + " " + libc;
  }

  private static String machO(ByteBuffer in) {
    String machine =
        switch (in.getInt(4)) {
          case 0x01000007 -> "x86_64"; // CPU_TYPE_X86_64, mach/machine.h
          case 0x0100000c -> "aarch_64"; // CPU_TYPE_ARM64
          default -> "cpu type " + in.getInt(4);
        };
    return (in.getInt(12) == 6 ? "mach-o " : "mach-o but no dylib ") + machine + " macos";
  }

  private static String pe(ByteBuffer in, int header) {
    String machine =
        switch (in.getShort(header + 4) & 0xffff) {
          case 0x8664 -> "x86_64"; // IMAGE_FILE_MACHINE_AMD64
          case 0xaa64 -> "aarch_64";
          default -> "machine " + in.getShort(header + 4);
        };
    boolean dll = (in.getShort(header + 22) & 0x2000) != 0; // IMAGE_FILE_DLL
    return (dll ? "pe " : "pe but no DLL ") + machine + " windows";
  }
}
