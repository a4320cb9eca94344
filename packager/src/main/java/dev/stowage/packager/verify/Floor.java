package dev.stowage.packager.verify;

import dev.stowage.loader.header.ElfFile;
import dev.stowage.loader.header.VersionNeed;
import java.util.List;

/**
 * The newest glibc version a library needs.
 *
 * @param version for example {@code GLIBC_2.34}
 * @param symbols the symbols bound to it, sorted; empty when only the version itself is needed
 * @since 0.1.0
 */
public record Floor(String version, List<String> symbols) {
  private static final String PREFIX = "GLIBC_";

  /** The floor found in a file, or null when it needs no glibc version. */
  static Floor of(ElfFile elf) {
    Floor highest = null;
    for (VersionNeed need : elf.versionNeeds()) {
      if (!need.version().startsWith(PREFIX)) {
        continue;
      }
      // glibc 2.36 is the first that understands DT_RELR; the linker asks for it by this name.
      boolean relr = need.version().equals("GLIBC_ABI_DT_RELR");
      Floor floor = relr ? new Floor("GLIBC_2.36", List.of()) : of(need);
      if (highest == null || VersionNeed.compareVersions(floor.version, highest.version) > 0) {
        highest = floor;
      }
    }
    return highest;
  }

  private static Floor of(VersionNeed need) {
    return new Floor(need.version(), need.symbols());
  }

  /** True when this is newer than a plain version such as {@code 2.17}. */
  boolean isAbove(String plain) {
    return VersionNeed.compareVersions(version, PREFIX + plain) > 0;
  }
}
