package dev.stowage.packager.binary;

import dev.stowage.loader.header.ElfFile;
import dev.stowage.loader.header.HeaderException;
import java.util.ArrayList;
import java.util.List;

/** The section header table, which the reader of the loader skips, since loading needs none. */
final class ElfSections {
  private static final int SHT_NOBITS = 8;
  private static final int SHF_WRITE = 1;
  private static final int SHF_EXECINSTR = 4;

  private ElfSections() {}

  static List<Section> read(byte[] content, ElfFile elf) throws HeaderException {
    if (!elf.isLittleEndian()) {
      // No target is big-endian; such a file breaks the rule machine before sections matter.
      return List.of();
    }
    Bytes file = Bytes.of(content);
    boolean wide = elf.is64Bit();
    long at = wide ? file.u64(40) : file.u32(32);
    int entry = file.u16(wide ? 58 : 46);
    int count = file.u16(wide ? 60 : 48);
    int namesIndex = file.u16(wide ? 62 : 50);
    if (at == 0 || count == 0 || namesIndex == 0) {
      return List.of();
    }
    if (entry != (wide ? 64 : 40) || namesIndex >= count) {
      throw new HeaderException("truncated or damaged: the section header table");
    }
    Bytes table = file.slice(at, (long) count * entry, "the section header table");
    Bytes names = content(file, table, namesIndex * (long) entry, wide, "the section names");
    List<Section> sections = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      long base = (long) i * entry;
      long flags = wide ? table.u64(base + 8) : table.u32(base + 8);
      boolean inFile = table.u32(base + 4) != SHT_NOBITS;
      sections.add(
          new Section(
              names.text(table.u32(base)),
              wide ? table.u64(base + 24) : table.u32(base + 16),
              inFile ? (wide ? table.u64(base + 32) : table.u32(base + 20)) : 0,
              (flags & SHF_WRITE) != 0,
              (flags & SHF_EXECINSTR) != 0));
    }
    return List.copyOf(sections);
  }

  private static Bytes content(Bytes file, Bytes table, long base, boolean wide, String what)
      throws HeaderException {
    return wide
        ? file.slice(table.u64(base + 24), table.u64(base + 32), what)
        : file.slice(table.u32(base + 16), table.u32(base + 20), what);
  }
}
