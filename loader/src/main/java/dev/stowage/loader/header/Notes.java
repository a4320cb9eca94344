package dev.stowage.loader.header;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * The notes that the GNU linkers write. Sources: gABI chapter 5 (note layout), the Linux extensions
 * to the gABI (property notes) and the x86-64 and AArch64 psABI (the properties).
 */
final class Notes {
  private static final int NT_GNU_BUILD_ID = 3;
  private static final int NT_GNU_PROPERTY_TYPE_0 = 5;
  private static final long X86_FEATURE_1_AND = 0xc0000002L;
  private static final long X86_ISA_1_NEEDED = 0xc0008002L;
  private static final long AARCH64_FEATURE_1_AND = 0xc0000000L;
  private static final String[] X86_FEATURES = {"IBT", "SHSTK"};
  private static final String[] X86_ISA = {
    "x86-64-baseline", "x86-64-v2", "x86-64-v3", "x86-64-v4"
  };
  private static final String[] AARCH64_FEATURES = {"BTI", "PAC"};

  private Notes() {}

  /** Reads one segment of notes; notes of other vendors are skipped. */
  static void read(Source.Slice notes, long align, ElfFile elf) throws HeaderException {
    // Property notes are aligned to words of their class, all others to 4 bytes in both classes.
    long binding = align == 8 ? 8 : 4;
    for (long at = 0; at + 12 <= notes.size(); ) {
      long nameSize = notes.u32(at);
      long size = notes.u32(at + 4);
      long content = at + 12 + up(nameSize, 4);
      content = up(content, binding);
      boolean gnu = nameSize == 4 && notes.text(at + 12).equals("GNU");
      if (content + size > notes.size()) {
        throw new HeaderException("truncated or damaged: a note is longer than its segment");
      }
      if (gnu && notes.u32(at + 8) == NT_GNU_BUILD_ID) {
        elf.buildId = hex(notes, content, size);
      } else if (gnu && notes.u32(at + 8) == NT_GNU_PROPERTY_TYPE_0) {
        elf.properties = properties(notes, content, size, elf);
      }
      at = up(content + size, binding);
    }
  }

  private static List<String> properties(Source.Slice notes, long from, long size, ElfFile elf)
      throws HeaderException {
    TreeSet<String> found = new TreeSet<>();
    long binding = elf.wide ? 8 : 4;
    for (long at = from; at + 8 <= from + size; ) {
      long type = notes.u32(at);
      long length = notes.u32(at + 4);
      if (length == 4 && elf.machine == ElfFile.EM_AARCH64 && type == AARCH64_FEATURE_1_AND) {
        bits(notes.u32(at + 8), AARCH64_FEATURES, found);
      } else if (length == 4 && elf.machine == ElfFile.EM_X86_64 && type == X86_FEATURE_1_AND) {
        bits(notes.u32(at + 8), X86_FEATURES, found);
      } else if (length == 4 && elf.machine == ElfFile.EM_X86_64 && type == X86_ISA_1_NEEDED) {
        bits(notes.u32(at + 8), X86_ISA, found);
      }
      at += 8 + up(length, binding);
    }
    return Collections.unmodifiableList(new ArrayList<>(found));
  }

  private static void bits(long value, String[] names, TreeSet<String> found) {
    for (int i = 0; i < names.length; i++) {
      if ((value >> i & 1) != 0) {
        found.add(names[i]);
      }
    }
  }

  private static String hex(Source.Slice notes, long from, long size) throws HeaderException {
    StringBuilder text = new StringBuilder();
    for (long i = 0; i < size; i++) {
      int b = notes.u8(from + i);
      text.append(Character.forDigit(b >> 4, 16)).append(Character.forDigit(b & 15, 16));
    }
    return text.toString();
  }

  private static long up(long value, long binding) {
    return (value + binding - 1) / binding * binding;
  }
}
