package dev.stowage.packager.binary;

import dev.stowage.loader.header.HeaderException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the header and the load commands of a Mach-O file. */
final class MachOReader {
  private static final long MAGIC_64 = 0xfeedfacfL;
  private static final int HEADER = 32;
  private static final int REQUIRED = 0x80000000;
  private static final int WRITE = 2;
  private static final int EXECUTE = 4;
  private static final int SECTION_RELOCATIONS = 0x300;
  private static final long LARGEST_PAGE = 1 << 16;
  private static final String[] PLATFORMS = {
    "", "macOS", "iOS", "tvOS", "watchOS", "bridgeOS", "Mac Catalyst", "iOS simulator"
  };

  private final Bytes file;
  private final MachOBinary binary = new MachOBinary();
  private final MachOSymbols symbols;
  private final List<Bytes> signatures = new ArrayList<>();
  private long signatureAt;
  private long firstContent = Long.MAX_VALUE;
  private long addresses;

  MachOReader(Bytes file) {
    this.file = file;
    this.symbols = new MachOSymbols(file, binary);
  }

  MachOBinary read() throws IOException {
    MachOSlices.refuseOthers(file, MAGIC_64);
    binary.machine = MachOSlices.machine(file.u32(4));
    binary.type = (int) file.u32(12);
    binary.flags = (int) file.u32(24);
    long count = file.u32(16);
    Bytes commands = file.slice(HEADER, file.u32(20), "the load commands");
    long at = 0;
    for (long i = 0; i < count; i++) {
      long size = commands.u32(at + 4);
      if (size < 8) {
        throw new HeaderException("truncated or damaged: a load command of " + size + " bytes");
      }
      file.charge(size);
      command((int) commands.u32(at), commands.slice(at, size, "a load command"));
      at += size;
    }
    symbols.read();
    long end = HEADER + (long) commands.size();
    binary.headerPadding = firstContent == Long.MAX_VALUE ? 0 : Math.max(0, firstContent - end);
    binary.pageAlignment =
        addresses == 0 ? LARGEST_PAGE : Math.min(LARGEST_PAGE, Long.lowestOneBit(addresses));
    if (signatures.size() > 1) {
      throw new HeaderException("truncated or damaged: " + signatures.size() + " code signatures");
    }
    if (!signatures.isEmpty()) {
      binary.signature = new SignatureReader(file, signatures.get(0), signatureAt).read();
    }
    return binary;
  }

  private void command(int kind, Bytes command) throws HeaderException {
    switch (kind) {
      case 0x19 -> segment(command);
      case 0x2 -> symbols.table = command;
      case 0xc -> dylib(command, MachOBinary.Link.NORMAL);
      case 0x18 | REQUIRED -> dylib(command, MachOBinary.Link.WEAK);
      case 0x1f | REQUIRED -> dylib(command, MachOBinary.Link.REEXPORT);
      case 0x23 | REQUIRED -> dylib(command, MachOBinary.Link.UPWARD);
      case 0x20 -> dylib(command, MachOBinary.Link.LAZY);
      case 0xd -> binary.name = command.text(command.u32(8));
      case 0x1c | REQUIRED -> binary.rpaths.add(command.text(command.u32(8)));
      case 0x1b -> binary.uuid = command.hex(8, 16);
      case 0x1d -> {
        signatureAt = command.u32(8);
        signatures.add(file.slice(signatureAt, command.u32(12), "the code signature"));
      }
      case 0x22, 0x22 | REQUIRED -> symbols.trie = piece(command, 40, "the export trie");
      case 0x33 | REQUIRED -> symbols.trie = piece(command, 8, "the export trie");
      case 0x34 | REQUIRED -> symbols.fixups = piece(command, 8, "the chained fixups");
      case 0x24 -> platform("macOS", command.u32(8), command.u32(12));
      case 0x25 -> platform("iOS", command.u32(8), command.u32(12));
      case 0x32 -> {
        long platform = command.u32(8);
        String name =
            platform < PLATFORMS.length ? PLATFORMS[(int) platform] : "platform " + platform;
        platform(name, command.u32(12), command.u32(16));
      }
      default -> {}
    }
  }

  private Bytes piece(Bytes command, long at, String what) throws HeaderException {
    return file.slice(command.u32(at), command.u32(at + 4), what);
  }

  private void platform(String name, long minimum, long sdk) {
    if (binary.minimumOs != null && name.equals("Mac Catalyst")) {
      // A zippered library is for macOS and Mac Catalyst; a JVM runs on macOS.
      return;
    }
    binary.platform = name;
    binary.minimumOs = version(minimum);
    binary.sdk = sdk == 0 ? null : version(sdk);
  }

  private static String version(long packed) {
    String text = (packed >> 16) + "." + (packed >> 8 & 255);
    return (packed & 255) == 0 ? text : text + "." + (packed & 255);
  }

  private void dylib(Bytes command, MachOBinary.Link link) throws HeaderException {
    String name = command.text(command.u32(8));
    binary.dylibs.add(
        new MachOBinary.Dylib(
            name, link, dylibVersion(command.u32(16)), dylibVersion(command.u32(20))));
  }

  private static String dylibVersion(long packed) {
    return (packed >> 16) + "." + (packed >> 8 & 255) + "." + (packed & 255);
  }

  private void segment(Bytes command) throws HeaderException {
    String segment = command.field(8, 16);
    long fileSize = command.u64(48);
    file.slice(command.u64(40), fileSize, "the segment " + segment);
    addresses |= command.u64(24) | (fileSize == 0 ? 0 : command.u64(40));
    int protection = (int) command.u32(60);
    boolean writable = (protection & WRITE) != 0;
    boolean executable = (protection & EXECUTE) != 0;
    binary.writableCode |= writable && executable;
    long count = command.u32(64);
    Bytes table = command.slice(72, count * 80, "the section table of " + segment);
    for (long i = 0; i < count; i++) {
      section(table.slice(i * 80, 80, "a section"), writable, executable);
    }
  }

  private void section(Bytes entry, boolean writable, boolean executable) throws HeaderException {
    String section = entry.field(0, 16);
    String segment = entry.field(16, 16);
    long size = entry.u64(40);
    long offset = entry.u32(48);
    long flags = entry.u32(64);
    long type = flags & 255;
    // S_ZEROFILL, S_GB_ZEROFILL and S_THREAD_LOCAL_ZEROFILL exist in memory only.
    boolean inFile = type != 1 && type != 0xc && type != 0x12;
    if (inFile && size != 0) {
      file.slice(offset, size, "the section " + section);
      firstContent = Math.min(firstContent, offset);
    }
    binary.objectiveC |= section.startsWith("__objc_");
    binary.textRelocations |= !writable && (flags & SECTION_RELOCATIONS) != 0;
    binary.sections.add(
        new Section(segment + "," + section, offset, inFile ? size : 0, writable, executable));
  }
}
