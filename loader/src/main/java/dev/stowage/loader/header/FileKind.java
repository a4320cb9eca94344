package dev.stowage.loader.header;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The kind of a file, by its first bytes. Sources of the magic numbers: the System V gABI (ELF),
 * {@code mach-o/loader.h} and {@code mach-o/fat.h} (Mach-O), and the Microsoft PE/COFF
 * specification ({@code MZ}).
 *
 * @since 0.1.0
 */
public enum FileKind {
  /** Linux and the other Unix systems. */
  ELF("an ELF file (Linux)"),
  /** macOS, one architecture. */
  MACH_O("a Mach-O file (macOS)"),
  /** macOS, several architectures in one file; Java class files begin with the same four bytes. */
  MACH_O_FAT("a Mach-O universal file (macOS)"),
  /** Windows. */
  PE("a PE file (Windows DLL or program)"),
  /** A Git LFS pointer: the checkout did not fetch the real file. */
  LFS_POINTER("a Git LFS pointer, not the file itself (run 'git lfs pull' where it was built)"),
  /** A web page, usually an error page saved by a download. */
  HTML("a web page (an error page saved as a library?)"),
  /** No bytes at all. */
  EMPTY("an empty file"),
  /** None of the above. */
  UNKNOWN("not a library format known to Stowage");

  /** Number of bytes from the beginning of a file that {@link #machines} needs. */
  public static final int HEAD = 4096;

  private static final int MOST_SLICES = 20;

  private final String sentence;

  FileKind(String sentence) {
    this.sentence = sentence;
  }

  /** A description that completes "this is ...". */
  public String sentence() {
    return sentence;
  }

  /**
   * Determines the kind of a file from its beginning.
   *
   * @param head the first bytes of the file; 64 are enough, fewer are fine
   */
  public static FileKind of(byte[] head) {
    if (head.length == 0) {
      return EMPTY;
    }
    int magic = head.length < 4 ? 0 : at(head, 0);
    if (magic == 0x7f454c46) {
      return ELF;
    }
    if (magic == 0xcffaedfe || magic == 0xcefaedfe || magic == 0xfeedfacf || magic == 0xfeedface) {
      return MACH_O;
    }
    if (magic == 0xcafebabe || magic == 0xcafebabf) {
      return MACH_O_FAT;
    }
    if (head.length > 1 && head[0] == 'M' && head[1] == 'Z') {
      return PE;
    }
    String text = new String(head, 0, Math.min(head.length, 64), StandardCharsets.ISO_8859_1);
    if (text.startsWith("version https://git-lfs")) {
      return LFS_POINTER;
    }
    String trimmed = text.trim();
    return trimmed.startsWith("<!") || trimmed.startsWith("<html") ? HTML : UNKNOWN;
  }

  /**
   * The machines of a Mach-O or PE file, with the names of the targets table: several for a
   * universal file, none if the bytes do not contain any. Sources: {@code mach/machine.h} and the
   * PE/COFF specification.
   *
   * @param head the first {@link #HEAD} bytes of the file, or fewer
   */
  public static List<String> machines(byte[] head) {
    List<String> found = new ArrayList<>();
    FileKind kind = of(head);
    if (kind == MACH_O && head.length >= 8) {
      boolean little = (head[0] & 255) != 0xfe;
      found.add(machOMachine(little ? Integer.reverseBytes(at(head, 4)) : at(head, 4)));
    } else if (kind == MACH_O_FAT && head.length >= 8) {
      int size = head[3] == (byte) 0xbf ? 32 : 20;
      // In a Java class file this number is the version, 45 or more.
      int count = at(head, 4) > MOST_SLICES ? 0 : at(head, 4);
      for (int i = 0; i < count && 12 + i * size <= head.length; i++) {
        found.add(machOMachine(at(head, 8 + i * size)));
      }
    } else if (kind == PE && head.length >= 64) {
      int header = Integer.reverseBytes(at(head, 60));
      if (header >= 0 && header <= head.length - 8 && at(head, header) == 0x50450000) {
        found.add(peMachine(Integer.reverseBytes(at(head, header + 4)) & 0xffff));
      }
    }
    return found;
  }

  private static String machOMachine(int cpu) {
    switch (cpu) {
      case 0x01000007:
        return "x86_64";
      case 0x0100000c:
        return "aarch_64";
      case 7:
        return "x86_32";
      default:
        return "cputype 0x" + Integer.toHexString(cpu);
    }
  }

  private static String peMachine(int number) {
    switch (number) {
      case 0x8664:
        return "x86_64";
      case 0xaa64:
        return "aarch_64";
      case 0x14c:
        return "x86_32";
      default:
        return "machine 0x" + Integer.toHexString(number);
    }
  }

  private static int at(byte[] b, int from) {
    return (b[from] & 255) << 24
        | (b[from + 1] & 255) << 16
        | (b[from + 2] & 255) << 8
        | (b[from + 3] & 255);
  }
}
