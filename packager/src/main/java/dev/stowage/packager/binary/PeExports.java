package dev.stowage.packager.binary;

import dev.stowage.loader.header.HeaderException;

/** The export table: the DLL's own name, its named exports, and those forwarded to other DLLs. */
final class PeExports {
  private final PeImage image;
  private final PeBinary binary;

  PeExports(PeImage image, PeBinary binary) {
    this.image = image;
    this.binary = binary;
  }

  void read() throws HeaderException {
    Bytes table = image.directory(PeImage.EXPORT);
    if (table == null) {
      return;
    }
    long begin = image.address(PeImage.EXPORT);
    long end = begin + image.size(PeImage.EXPORT);
    if (table.u32(12) != 0) {
      binary.name = image.text(table.u32(12), "the DLL's name");
    }
    long count = table.u32(24);
    if (count == 0) {
      return;
    }
    Bytes functions = array(table, 28, table.u32(20) * 4, "the exported addresses");
    Bytes names = array(table, 32, count * 4, "the exported names");
    Bytes ordinals = array(table, 36, count * 2, "the exported ordinals");
    for (long i = 0; i < count; i++) {
      String name = image.text(names.u32(i * 4), "an exported name");
      binary.exported.add(name);
      long address = functions.u32(ordinals.u16(i * 2) * 4L);
      if (address >= begin && address < end) {
        binary.forwarders.put(name, image.text(address, "a forwarder"));
      }
    }
  }

  private Bytes array(Bytes table, long at, long size, String what) throws HeaderException {
    return image.rest(table.u32(at), what).slice(0, size, what);
  }
}
