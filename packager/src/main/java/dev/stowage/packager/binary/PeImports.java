package dev.stowage.packager.binary;

import dev.stowage.loader.header.HeaderException;
import java.util.ArrayList;
import java.util.List;

/** The import and the delay-import descriptors. */
final class PeImports {
  private static final int DESCRIPTOR = 20;
  private static final int DELAY_DESCRIPTOR = 32;

  private final PeImage image;
  private final PeBinary binary;

  PeImports(PeImage image, PeBinary binary) {
    this.image = image;
    this.binary = binary;
  }

  void read() throws HeaderException {
    // Windows reads up to the empty descriptor, because linkers write different directory sizes.
    if (image.address(PeImage.IMPORT) != 0) {
      Bytes table = image.rest(image.address(PeImage.IMPORT), "the import table");
      for (long at = 0; table.u32(at + 12) != 0; at += DESCRIPTOR) {
        long lookup = table.u32(at);
        add(table.u32(at + 12), lookup == 0 ? table.u32(at + 16) : lookup, false);
      }
    }
    if (image.address(PeImage.DELAY_IMPORT) != 0) {
      Bytes table = image.rest(image.address(PeImage.DELAY_IMPORT), "the delay-import table");
      for (long at = 0; table.u32(at + 4) != 0; at += DELAY_DESCRIPTOR) {
        // Visual C++ 6 wrote absolute addresses and left bit 0 clear.
        boolean relative = (table.u32(at) & 1) != 0;
        long name = table.u32(at + 4);
        long lookup = table.u32(at + 16);
        add(
            relative ? name : image.relative(name),
            relative ? lookup : image.relative(lookup),
            true);
      }
    }
  }

  private void add(long name, long lookup, boolean delayed) throws HeaderException {
    String dll = image.text(name, "the name of an imported DLL");
    binary.imports.add(new PeBinary.Import(dll, names(lookup, dll), delayed));
  }

  private List<String> names(long lookup, String dll) throws HeaderException {
    Bytes table = image.rest(lookup, "the imports from " + dll);
    List<String> names = new ArrayList<>();
    int word = image.word();
    for (long at = 0; ; at += word) {
      long entry = word == 8 ? table.u64(at) : table.u32(at);
      if (entry == 0) {
        return List.copyOf(names);
      }
      boolean ordinal = word == 8 ? entry < 0 : (entry & 0x80000000L) != 0;
      names.add(
          ordinal
              ? "#" + (entry & 0xffff)
              : image.text((entry & 0x7fffffff) + 2, "the name of an import from " + dll));
    }
  }
}
