package dev.stowage.loader.header;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads the dynamic section and the tables it points to. No field has the number of dynamic
 * symbols; as in the run-time linker, it follows from the hash table.
 */
final class DynamicReader {
  private static final int STB_LOCAL = 0;
  private static final int EM_S390 = 22;
  private static final int VERSION_INDEX = 0x7fff;

  private final Source source;
  private final ElfReader.Segments segments;
  private final int machine;
  private final Dynamic result = new Dynamic();
  private final List<Long> neededAt = new ArrayList<>();
  private final List<Need> needs = new ArrayList<>();
  private long sonameAt = -1;
  private long rpathAt = -1;
  private long runpathAt = -1;
  private long strtab = -1;
  private long strsize;
  private long symtab = -1;
  private long hash = -1;
  private long gnuHash = -1;
  private long versym = -1;
  private long verneed = -1;
  private long verneedCount;

  DynamicReader(Source source, ElfReader.Segments segments, int machine) {
    this.source = source;
    this.segments = segments;
    this.machine = machine;
  }

  Dynamic read(Source.Slice section) throws IOException {
    long word = source.wide ? 8 : 4;
    for (long at = 0; at + 2 * word <= section.size(); at += 2 * word) {
      long tag = section.word(at);
      if (tag == 0) {
        break;
      }
      entry(tag, section.word(at + word));
    }
    if (strtab < 0) {
      return result;
    }
    Source.Slice names = at(strtab, strsize, "the dynamic string table");
    List<String> needed = new ArrayList<>();
    for (long offset : neededAt) {
      needed.add(names.text(offset));
    }
    result.needed = Collections.unmodifiableList(needed);
    result.soname = optional(names, sonameAt);
    result.rpath = optional(names, rpathAt);
    result.runpath = optional(names, runpathAt);
    readVersionNeeds(names);
    readSymbols(names);
    List<VersionNeed> versions = new ArrayList<>();
    for (Need need : needs) {
      versions.add(new VersionNeed(need.library, need.version, new ArrayList<>(need.symbols)));
    }
    Collections.sort(versions);
    result.versionNeeds = Collections.unmodifiableList(versions);
    return result;
  }

  private void entry(long tag, long value) throws HeaderException {
    // Tags of 32-bit files arrive unsigned, so the GNU ones compare equal in both classes.
    if (tag > Integer.MAX_VALUE) {
      return;
    }
    switch ((int) tag) {
      case 1:
        neededAt.add(value);
        break;
      case 4:
        hash = value;
        break;
      case 5:
        strtab = value;
        break;
      case 6:
        symtab = value;
        break;
      case 10:
        strsize = value;
        break;
      case 14:
        sonameAt = value;
        break;
      case 15:
        rpathAt = value;
        break;
      case 22:
        result.textrel = true;
        break;
      case 24:
        result.bindNow = true;
        break;
      case 29:
        runpathAt = value;
        break;
      case 30:
        result.flags = value;
        break;
      case 0x6ffffef5:
        gnuHash = value;
        break;
      case 0x6ffffff0:
        versym = value;
        break;
      case 0x6ffffffb:
        result.flags1 = value;
        break;
      case 0x6ffffffe:
        verneed = value;
        break;
      case 0x6fffffff:
        verneedCount = value;
        break;
      default:
    }
  }

  private Source.Slice at(long address, long size, String what) throws IOException {
    return source.slice(segments.offset(address, what), size, what);
  }

  private static String optional(Source.Slice names, long offset) throws HeaderException {
    return offset < 0 ? null : names.text(offset);
  }

  /** One version of one needed library and the index by which symbols refer to it. */
  private static final class Need {
    final int index;
    final String library;
    final String version;
    final TreeSet<String> symbols = new TreeSet<>();

    Need(int index, String library, String version) {
      this.index = index;
      this.library = library;
      this.version = version;
    }
  }

  private void readVersionNeeds(Source.Slice names) throws IOException {
    if (verneed < 0) {
      return;
    }
    String what = "the version needs";
    Source.Slice table = at(verneed, segments.rest(verneed, what), what);
    long file = 0;
    for (long i = 0; i < verneedCount; i++) {
      source.charge(Source.OBJECT);
      int versions = table.u16(file + 2);
      String library = names.text(table.u32(file + 4));
      long version = file + table.u32(file + 8);
      for (int j = 0; j < versions; j++) {
        source.charge(2 * Source.OBJECT);
        int index = table.u16(version + 6) & VERSION_INDEX;
        needs.add(new Need(index, library, names.text(table.u32(version + 8))));
        version += table.u32(version + 12);
      }
      long next = table.u32(file + 12);
      if (next == 0) {
        return;
      }
      file += next;
    }
  }

  private void readSymbols(Source.Slice names) throws IOException {
    if (symtab < 0) {
      return;
    }
    long count = symbolCount();
    int size = source.wide ? 24 : 16;
    if (count > source.length() / size) {
      throw new HeaderException("truncated or damaged: " + count + " dynamic symbols");
    }
    Source.Slice table = at(symtab, count * size, "the dynamic symbol table");
    Source.Slice versions = versym < 0 ? null : at(versym, count * 2, "the symbol versions");
    Need[] byIndex = new Need[VERSION_INDEX + 1];
    for (Need need : needs) {
      byIndex[need.index] = need;
    }
    TreeSet<String> exported = new TreeSet<>();
    TreeSet<String> undefined = new TreeSet<>();
    for (int i = 1; i < count; i++) {
      long base = (long) i * size;
      int info = table.u8(base + (source.wide ? 4 : 12));
      int other = table.u8(base + (source.wide ? 5 : 13));
      int section = table.u16(base + (source.wide ? 6 : 14));
      if (info >> 4 == STB_LOCAL) {
        continue;
      }
      String name = names.text(table.u32(base));
      if (section == 0) {
        undefined.add(name);
        Need need = versions == null ? null : byIndex[versions.u16(i * 2L) & VERSION_INDEX];
        if (need != null) {
          need.symbols.add(name);
        }
      } else if ((other & 3) == 0 || (other & 3) == 3) {
        // STV_DEFAULT or STV_PROTECTED; the other two cannot be bound from outside.
        exported.add(name);
      }
    }
    result.exported = Collections.unmodifiableList(new ArrayList<>(exported));
    result.undefined = Collections.unmodifiableList(new ArrayList<>(undefined));
  }

  private long symbolCount() throws IOException {
    if (hash >= 0) {
      // s390x alone has hash tables of 64-bit words (its ELF ABI supplement).
      return machine == EM_S390 && source.wide
          ? at(hash, 16, "the symbol hash table").u64(8)
          : at(hash, 8, "the symbol hash table").u32(4);
    }
    if (gnuHash < 0) {
      throw new HeaderException("truncated or damaged: dynamic symbols without a hash table");
    }
    String what = "the GNU hash table";
    Source.Slice table = at(gnuHash, segments.rest(gnuHash, what), what);
    long buckets = table.u32(0);
    long first = table.u32(4);
    long chains = 16 + table.u32(8) * (source.wide ? 8 : 4) + buckets * 4;
    long last = 0;
    for (long i = 0; i < buckets; i++) {
      last = Math.max(last, table.u32(chains - (buckets - i) * 4));
    }
    if (last < first) {
      return Math.max(first, symbolsBeforeNextTable());
    }
    while ((table.u32(chains + (last - first) * 4) & 1) == 0) {
      last++;
    }
    return last + 1;
  }

  /**
   * A GNU hash table lists only exported symbols. If there are none, the number of imported ones is
   * unknown; the symbol table then ends where the next table begins.
   */
  private long symbolsBeforeNextTable() {
    long next = Long.MAX_VALUE;
    for (long table : new long[] {strtab, hash, gnuHash, versym, verneed}) {
      if (table > symtab) {
        next = Math.min(next, table);
      }
    }
    return next == Long.MAX_VALUE ? 0 : (next - symtab) / (source.wide ? 24 : 16);
  }
}
