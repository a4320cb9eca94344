package dev.stowage.loader.header;

import java.nio.charset.StandardCharsets;

/**
 * What the first bytes of a file say it is. Sources of the magic numbers: the System V gABI (ELF),
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
  UNKNOWN("no library format known to Stowage");

  private final String sentence;

  FileKind(String sentence) {
    this.sentence = sentence;
  }

  /** What this kind is, as the end of "this is ...". */
  public String sentence() {
    return sentence;
  }

  /**
   * Names the kind of a file from its beginning.
   *
   * @param head the first bytes of the file; 64 are enough, fewer are fine
   */
  public static FileKind of(byte[] head) {
    if (head.length == 0) {
      return EMPTY;
    }
    int magic = head.length < 4 ? 0 : int32(head);
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

  private static int int32(byte[] b) {
    return (b[0] & 255) << 24 | (b[1] & 255) << 16 | (b[2] & 255) << 8 | (b[3] & 255);
  }
}
