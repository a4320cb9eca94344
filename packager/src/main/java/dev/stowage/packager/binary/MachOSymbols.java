package dev.stowage.packager.binary;

import dev.stowage.loader.header.HeaderException;
import java.util.SortedSet;

/** The symbol table, the export trie and the imports of chained fixups. */
final class MachOSymbols {
  private static final int ENTRY = 16;
  private static final int STAB = 0xe0;
  private static final int PRIVATE = 0x10;
  private static final int TYPE = 0xe;
  private static final int UNDEFINED = 0;
  private static final int EXTERNAL = 1;
  private static final int WEAK_REFERENCE = 0x40;
  private static final int FLAT_LOOKUP = 0xfe;

  private final Bytes file;
  private final MachOBinary binary;

  /** The {@code LC_SYMTAB} command, or null. */
  Bytes table;

  /** The export trie's bytes, or null. */
  Bytes trie;

  /** The chained fixups' bytes, or null. */
  Bytes fixups;

  MachOSymbols(Bytes file, MachOBinary binary) {
    this.file = file;
    this.binary = binary;
  }

  void read() throws HeaderException {
    if (table != null) {
      readTable();
    }
    if (trie != null && trie.size() > 0) {
      new ExportTrie(trie).names().forEach(name -> add(binary.exported, name));
    } else if (trie == null) {
      binary.exported.addAll(binary.symbolTableExports);
    }
    if (fixups != null && fixups.size() > 0) {
      readImports();
    }
  }

  private void readTable() throws HeaderException {
    long count = table.u32(12);
    Bytes entries = file.slice(table.u32(8), count * ENTRY, "the symbol table");
    Bytes names = file.slice(table.u32(16), table.u32(20), "the string table");
    for (long i = 0; i < count; i++) {
      long at = i * ENTRY;
      int type = entries.u8(at + 4);
      if ((type & STAB) != 0 || (type & EXTERNAL) == 0) {
        continue;
      }
      String name = names.text(entries.u32(at));
      int description = entries.u16(at + 6);
      // A common symbol (a value, no section) exists in object files only.
      if ((type & TYPE) == UNDEFINED) {
        imported(name, description >> 8, (description & WEAK_REFERENCE) != 0);
      } else if ((type & PRIVATE) == 0) {
        add(binary.symbolTableExports, name);
      }
    }
  }

  private void imported(String name, int library, boolean weak) {
    add(binary.imported, name);
    if (weak) {
      add(binary.weakImports, name);
    }
    if (!binary.twoLevel() || library == FLAT_LOOKUP) {
      add(binary.flatImports, name);
    }
  }

  private void readImports() throws HeaderException {
    long importsAt = fixups.u32(8);
    long count = fixups.u32(16);
    int format = (int) fixups.u32(20);
    if (fixups.u32(24) != 0) {
      throw new HeaderException("its chained fixups have compressed names, which are not read");
    }
    int entry =
        switch (format) {
          case 1 -> 4;
          case 2 -> 8;
          case 3 -> 16;
          default ->
              throw new HeaderException(
                  "truncated or damaged: chained imports of format " + format);
        };
    Bytes imports = fixups.slice(importsAt, count * entry, "the chained imports");
    Bytes names = fixups.rest(fixups.u32(12), "the names of the chained imports");
    for (long i = 0; i < count; i++) {
      long word = format == 3 ? imports.u64(i * entry) : imports.u32(i * entry);
      int library = (int) (format == 3 ? word & 0xffff : word & 255);
      boolean weak = (word >> (format == 3 ? 16 : 8) & 1) != 0;
      long name = format == 3 ? word >>> 32 : word >>> 9;
      imported(names.text(name), library, weak);
    }
  }

  /** C compilers put an underscore before every name; assembler sources may not. */
  private static void add(SortedSet<String> to, String name) {
    to.add(name.startsWith("_") ? name.substring(1) : name);
  }
}
