package dev.stowage.packager.verify;

import dev.stowage.loader.header.VersionNeed;
import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.binary.ElfBinary;
import dev.stowage.packager.binary.MachOBinary;
import dev.stowage.packager.binary.PeBinary;
import java.util.List;

/**
 * The lowest version of C library or operating system on which a library runs.
 *
 * @param text for example {@code glibc 2.34}, {@code macOS 12.0}, {@code Windows 10}
 * @param symbols the symbols or DLLs that need it, sorted; empty when the header names the version
 * @since 0.1.0
 */
public record MinimumVersion(String text, List<String> symbols) {
  private static final String GLIBC = "glibc ";
  private static final String GLIBC_NEED = "GLIBC_";
  private static final String WINDOWS = "Windows ";

  /** Copies the list. */
  public MinimumVersion {
    symbols = List.copyOf(symbols);
  }

  /** The minimum version of a file, or null when it runs on every version. */
  static MinimumVersion of(Binary binary) {
    if (binary instanceof ElfBinary elf) {
      return glibc(elf);
    }
    if (binary instanceof MachOBinary mach) {
      return mach.minimumOs()
          .map(version -> new MinimumVersion(mach.platform() + " " + version, List.of()))
          .orElse(null);
    }
    return WindowsVersions.minimum((PeBinary) binary);
  }

  private static MinimumVersion glibc(ElfBinary elf) {
    MinimumVersion highest = null;
    for (VersionNeed need : elf.versionNeeds()) {
      if (!need.version().startsWith(GLIBC_NEED)) {
        continue;
      }
      // glibc 2.36 is the first that supports DT_RELR; the linker requires it under this name.
      boolean relr = need.version().equals("GLIBC_ABI_DT_RELR");
      String version = relr ? "2.36" : need.version().substring(GLIBC_NEED.length());
      if (highest == null || highest.isBelow(version)) {
        highest = new MinimumVersion(GLIBC + version, relr ? List.of() : need.symbols());
      }
    }
    return highest;
  }

  boolean isGlibc() {
    return text.startsWith(GLIBC);
  }

  /** True when this is newer than a plain version such as {@code 2.17}. */
  boolean isAbove(String plain) {
    return text.startsWith(WINDOWS)
        ? WindowsVersions.isAbove(version(), plain)
        : VersionNeed.compareVersions(version(), plain) > 0;
  }

  private boolean isBelow(String plain) {
    return VersionNeed.compareVersions(version(), plain) < 0;
  }

  private String version() {
    return text.substring(text.indexOf(' ') + 1);
  }
}
