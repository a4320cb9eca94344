package dev.stowage.packager.verify;

import dev.stowage.loader.header.VersionNeed;
import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.binary.ElfBinary;
import dev.stowage.packager.binary.MachOBinary;
import dev.stowage.packager.binary.PeBinary;
import java.util.List;

/**
 * The newest version of C library or operating system that a library needs.
 *
 * @param text for example {@code GLIBC_2.34}, {@code macOS 12.0}, {@code Windows 10}
 * @param symbols what needs it: symbols, or DLLs; sorted; empty when the header itself says so
 * @since 0.1.0
 */
public record Floor(String text, List<String> symbols) {
  private static final String GLIBC = "GLIBC_";
  private static final String WINDOWS = "Windows ";

  /** Copies the list. */
  public Floor {
    symbols = List.copyOf(symbols);
  }

  /** The floor found in a file, or null when it asks for none. */
  static Floor of(Binary binary) {
    if (binary instanceof ElfBinary elf) {
      return glibc(elf);
    }
    if (binary instanceof MachOBinary mach) {
      return mach.minimumOs()
          .map(version -> new Floor(mach.platform() + " " + version, List.of()))
          .orElse(null);
    }
    return WindowsVersions.floor((PeBinary) binary);
  }

  private static Floor glibc(ElfBinary elf) {
    Floor highest = null;
    for (VersionNeed need : elf.versionNeeds()) {
      if (!need.version().startsWith(GLIBC)) {
        continue;
      }
      // glibc 2.36 is the first that understands DT_RELR; the linker asks for it by this name.
      boolean relr = need.version().equals("GLIBC_ABI_DT_RELR");
      Floor floor =
          relr ? new Floor("GLIBC_2.36", List.of()) : new Floor(need.version(), need.symbols());
      if (highest == null || VersionNeed.compareVersions(floor.text, highest.text) > 0) {
        highest = floor;
      }
    }
    return highest;
  }

  boolean isGlibc() {
    return text.startsWith(GLIBC);
  }

  /** True when this is newer than a plain version such as {@code 2.17}. */
  boolean isAbove(String plain) {
    if (isGlibc()) {
      return VersionNeed.compareVersions(text, GLIBC + plain) > 0;
    }
    if (text.startsWith(WINDOWS)) {
      return WindowsVersions.isAbove(text.substring(WINDOWS.length()), plain);
    }
    return VersionNeed.compareVersions(text.substring(text.indexOf(' ') + 1), plain) > 0;
  }
}
