package dev.stowage.packager.binary;

import dev.stowage.loader.header.HeaderException;
import java.io.IOException;

/** Reads the headers, the section table and the small directories of a PE file. */
final class PeReader {
  private static final int OPTIONAL_32 = 0x10b;
  private static final int OPTIONAL_64 = 0x20b;
  private static final long EXECUTE = 0x20000000L;
  private static final long WRITE = 0x80000000L;
  private static final int SYMBOL = 18;
  private static final int CODEVIEW = 2;
  private static final long RSDS = 0x53445352;

  private final Bytes file;
  private final PeBinary binary = new PeBinary();
  private PeImage image;

  PeReader(byte[] content) {
    this.file = Bytes.of(content);
  }

  PeBinary read() throws IOException {
    if (file.u16(0) != 0x5a4d) {
      throw new HeaderException("not a PE file");
    }
    long at = file.u32(0x3c);
    if (at > file.size() - 24L || file.u32(at) != 0x4550) {
      throw new HeaderException("a DOS program without a Windows header");
    }
    binary.machine = machine(file.u16(at + 4));
    int sections = file.u16(at + 6);
    int optionalSize = file.u16(at + 20);
    binary.characteristics = file.u16(at + 22);
    Bytes optional = file.slice(at + 24, optionalSize, "the optional header");
    optional(optional);
    Bytes table = file.slice(at + 24 + optionalSize, sections * 40L, "the section table");
    image = new PeImage(file, optional, table, binary.wide);
    sections(table, sections, file.u32(at + 12) + file.u32(at + 16) * SYMBOL);
    new PeImports(image, binary).read();
    new PeExports(image, binary).read();
    binary.baseRelocations = image.directory(PeImage.BASE_RELOCATIONS) != null;
    binary.certificates = image.certificates() != null;
    tls();
    debug();
    binary.computedChecksum = PeChecksum.of(file, at + 24 + 64);
    return binary;
  }

  private void optional(Bytes optional) throws HeaderException {
    int magic = optional.u16(0);
    if (magic != OPTIONAL_32 && magic != OPTIONAL_64) {
      throw new HeaderException(
          "truncated or damaged: an optional header of magic 0x" + Integer.toHexString(magic));
    }
    binary.wide = magic == OPTIONAL_64;
    binary.sectionAlignment = optional.u32(32);
    binary.osVersion = optional.u16(40) + "." + optional.u16(42);
    binary.subsystemVersion = optional.u16(48) + "." + optional.u16(50);
    binary.checksum = optional.u32(64);
    binary.subsystem = optional.u16(68);
    binary.dllCharacteristics = optional.u16(70);
  }

  private void sections(Bytes table, int count, long strings) throws HeaderException {
    for (int i = 0; i < count; i++) {
      long at = i * 40L;
      long flags = table.u32(at + 36);
      long size = table.u32(at + 16);
      binary.sections.add(
          new Section(
              name(table.field(at, 8), strings),
              table.u32(at + 20),
              size,
              (flags & WRITE) != 0,
              (flags & EXECUTE) != 0));
    }
  }

  /** GNU linkers write names of more than 8 bytes as an offset into the COFF string table. */
  private String name(String field, long strings) throws HeaderException {
    return field.matches("/[0-9]{1,7}")
        ? file.text(strings + Long.parseLong(field, 1, field.length(), 10))
        : field;
  }

  private void tls() throws HeaderException {
    Bytes directory = image.directory(PeImage.TLS);
    if (directory == null) {
      return;
    }
    binary.tls = true;
    int word = image.word();
    long callbacks = word == 8 ? directory.u64(24) : directory.u32(12);
    if (callbacks == 0) {
      return;
    }
    Bytes list = image.rest(image.relative(callbacks), "the TLS callbacks");
    while ((word == 8 ? list.u64(binary.tlsCallbacks * 8L) : list.u32(binary.tlsCallbacks * 4L))
        != 0) {
      binary.tlsCallbacks++;
    }
  }

  private void debug() throws HeaderException {
    Bytes directory = image.directory(PeImage.DEBUG);
    if (directory == null) {
      return;
    }
    for (long at = 0; at + 28 <= directory.size(); at += 28) {
      long size = directory.u32(at + 16);
      if (directory.u32(at + 12) == CODEVIEW && size >= 24) {
        Bytes record = file.slice(directory.u32(at + 24), size, "the CodeView record");
        if (record.u32(0) == RSDS) {
          binary.debugId = guid(record) + Long.toHexString(record.u32(20));
          binary.pdb = size > 24 ? record.text(24) : "";
        }
      }
    }
  }

  /** As symbol servers write it: the first three parts of a GUID are little-endian numbers. */
  private static String guid(Bytes record) throws HeaderException {
    return String.format(
        "%08x%04x%04x%s", record.u32(4), record.u16(8), record.u16(10), record.hex(12, 8));
  }

  private static String machine(int number) {
    return switch (number) {
      case 0x8664 -> "x86_64";
      case 0xaa64 -> "aarch_64";
      case 0x14c -> "x86_32";
      case 0x1c4 -> "arm_32";
      case 0x200 -> "itanium_64";
      default -> "machine 0x" + Integer.toHexString(number);
    };
  }
}
