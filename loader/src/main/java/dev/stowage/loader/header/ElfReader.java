package dev.stowage.loader.header;

import java.io.IOException;

/**
 * Reads the file header and the program headers (gABI chapters 4 and 5); {@link DynamicReader}
 * reads the rest.
 */
final class ElfReader {
  private static final int PT_LOAD = 1;
  private static final int PT_DYNAMIC = 2;
  private static final int PT_INTERP = 3;
  private static final int PT_NOTE = 4;
  private static final int PT_GNU_STACK = 0x6474e551;
  private static final int PT_GNU_RELRO = 0x6474e552;
  private static final int FLAG_EXECUTE = 1;
  private static final int FLAG_WRITE = 2;

  private final Source source;
  private final ElfFile elf = new ElfFile();

  ElfReader(Source source) {
    this.source = source;
  }

  ElfFile read() throws IOException {
    identify();
    int size = elf.wide ? 64 : 52;
    Source.Slice header = source.slice(0, size, "the file header");
    elf.type = header.u16(16);
    elf.machine = header.u16(18);
    long tableAt = header.word(elf.wide ? 32 : 28);
    int entry = header.u16(elf.wide ? 54 : 42);
    int count = header.u16(elf.wide ? 56 : 44);
    if (count > 0 && entry != (elf.wide ? 56 : 32)) {
      throw new HeaderException("truncated or damaged: program headers of " + entry + " bytes");
    }
    Source.Slice table = source.slice(tableAt, (long) count * entry, "the program header table");
    Segments segments = new Segments(count);
    long dynamicAt = -1;
    long dynamicSize = 0;
    for (int i = 0; i < count; i++) {
      long base = (long) i * entry;
      int type = (int) table.u32(base);
      long flags = table.u32(base + (elf.wide ? 4 : 24));
      long offset = table.word(base + (elf.wide ? 8 : 4));
      long address = table.word(base + (elf.wide ? 16 : 8));
      long fileSize = table.word(base + (elf.wide ? 32 : 16));
      long align = table.word(base + (elf.wide ? 48 : 28));
      switch (type) {
        case PT_LOAD:
          segments.add(address, offset, fileSize);
          load(flags, align);
          break;
        case PT_DYNAMIC:
          dynamicAt = offset;
          dynamicSize = fileSize;
          break;
        case PT_INTERP:
          elf.interpreter = source.slice(offset, fileSize, "the interpreter name").text(0);
          break;
        case PT_NOTE:
          Notes.read(source.slice(offset, fileSize, "the notes"), align, elf);
          break;
        case PT_GNU_STACK:
          elf.gnuStack = true;
          elf.executableStack = (flags & FLAG_EXECUTE) != 0;
          break;
        case PT_GNU_RELRO:
          elf.relro = true;
          break;
        default:
      }
    }
    if (dynamicAt >= 0) {
      Source.Slice dynamic = source.slice(dynamicAt, dynamicSize, "the dynamic section");
      elf.dynamic = new DynamicReader(source, segments, elf.machine).read(dynamic);
    }
    return elf;
  }

  private void identify() throws IOException {
    Source.Slice head = source.slice(0, Math.min(64, source.length()), "the file header");
    FileKind kind = FileKind.of(head.bytes());
    if (kind != FileKind.ELF) {
      throw new HeaderException("not an ELF file: this is " + kind.sentence());
    }
    int width = head.u8(4);
    int order = head.u8(5);
    if (width < 1 || width > 2 || order < 1 || order > 2) {
      throw new HeaderException(
          "truncated or damaged: ELF class " + width + ", data encoding " + order);
    }
    source.wide = elf.wide = width == 2;
    source.little = elf.little = order == 1;
  }

  private void load(long flags, long align) {
    int both = FLAG_EXECUTE | FLAG_WRITE;
    elf.writableCode |= (flags & both) == both;
    if (elf.loadAlignment == 0 || Long.compareUnsigned(align, elf.loadAlignment) < 0) {
      elf.loadAlignment = align;
    }
  }

  /**
   * The memory addresses of the loaded parts of the file; the dynamic section contains memory
   * addresses.
   */
  static final class Segments {
    private final long[] addresses;
    private final long[] offsets;
    private final long[] sizes;
    private int count;

    Segments(int capacity) {
      addresses = new long[capacity];
      offsets = new long[capacity];
      sizes = new long[capacity];
    }

    void add(long address, long offset, long size) {
      addresses[count] = address;
      offsets[count] = offset;
      sizes[count] = size;
      count++;
    }

    /** File offset of a memory address. */
    long offset(long address, String what) throws HeaderException {
      int i = find(address, what);
      return offsets[i] + (address - addresses[i]);
    }

    /** Bytes from a memory address to the end of its segment in the file. */
    long rest(long address, String what) throws HeaderException {
      int i = find(address, what);
      return sizes[i] - (address - addresses[i]);
    }

    private int find(long address, String what) throws HeaderException {
      for (int i = 0; i < count; i++) {
        long inside = address - addresses[i];
        if (inside >= 0 && inside < sizes[i]) {
          return i;
        }
      }
      throw new HeaderException("truncated or damaged: " + what + " lies in no segment");
    }
  }
}
