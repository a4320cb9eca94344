package dev.stowage.packager.verify;

import dev.stowage.loader.platform.Libc;
import dev.stowage.packager.binary.ElfBinary;
import dev.stowage.packager.binary.PathScan;
import dev.stowage.packager.binary.PeBinary;
import java.util.List;
import java.util.Optional;

/** Checks whether a library gives an attacker or a curious reader more than necessary. */
final class HardeningRules {
  /** IMAGE_FILE_RELOCS_STRIPPED of the file header. */
  private static final int RELOCATIONS_STRIPPED = 1;

  /** IMAGE_DLLCHARACTERISTICS_DYNAMIC_BASE. */
  private static final int DYNAMIC_BASE = 0x40;

  private HardeningRules() {}

  static Optional<Violation> execStack(CheckedLibrary library) {
    Libc libc = library.platform().libc();
    return Violation.unless(
        !library.binary().executableStack(),
        HardeningMessages.execStack(libc),
        HardeningMessages.execStackFix(libc));
  }

  static Optional<Violation> textRelocations(CheckedLibrary library) {
    Libc libc = library.platform().libc();
    return Violation.unless(
        !library.binary().textRelocations(),
        HardeningMessages.textRelocations(),
        HardeningMessages.textRelocationsFix(libc));
  }

  static Optional<Violation> writableCode(CheckedLibrary library) {
    return Violation.unless(
        !library.binary().writableCode(),
        HardeningMessages.writableCode(),
        HardeningMessages.writableCodeFix());
  }

  /** Third-party libraries may choose lazy binding. */
  static Optional<Violation> relro(CheckedLibrary library) {
    ElfBinary elf = (ElfBinary) library.binary();
    return Violation.unless(
        elf.relro() && (elf.bindNow() || library.isThirdParty()),
        HardeningMessages.relro(elf.relro()),
        HardeningMessages.relroFix());
  }

  static Optional<Violation> aslr(CheckedLibrary library) {
    PeBinary pe = (PeBinary) library.binary();
    // Without a relocation table Windows can still choose the address, unless it was stripped.
    boolean stripped = (pe.characteristics() & RELOCATIONS_STRIPPED) != 0;
    if (stripped || (pe.dllCharacteristics() & DYNAMIC_BASE) == 0) {
      return Violation.of(HardeningMessages.aslr(stripped), HardeningMessages.aslrFix());
    }
    return Violation.unless(
        pe.highEntropy() || !pe.is64Bit() || library.isThirdParty(),
        HardeningMessages.highEntropy(),
        HardeningMessages.highEntropyFix());
  }

  static Optional<Violation> absolutePaths(CheckedLibrary library) {
    List<String> bad =
        library.scan().paths().stream()
            .filter(found -> found.kind() != PathScan.Kind.TOOLCHAIN)
            .map(PathScan.Found::path)
            .distinct()
            .toList();
    return bad.isEmpty()
        ? Optional.empty()
        : Violation.of(
            HardeningMessages.absolutePaths(bad),
            bad,
            HardeningMessages.absolutePathsFix(library.expected().isGoCore()));
  }
}
