package dev.stowage.packager.verify;

import dev.stowage.packager.binary.ElfBinary;
import dev.stowage.packager.binary.PathScan;
import dev.stowage.packager.binary.PeBinary;
import dev.stowage.packager.message.HardeningMessages;
import java.util.List;
import java.util.Optional;

/** Does it give an attacker or a curious reader more than it must? */
final class HardeningRules {
  /** IMAGE_FILE_RELOCS_STRIPPED of the file header. */
  private static final int RELOCATIONS_STRIPPED = 1;

  /** IMAGE_DLLCHARACTERISTICS_DYNAMIC_BASE. */
  private static final int DYNAMIC_BASE = 0x40;

  private HardeningRules() {}

  static Optional<Fault> execStack(Subject subject) {
    String libc = subject.row().libc();
    return Fault.unless(
        !subject.binary().executableStack(),
        HardeningMessages.execStack(libc),
        HardeningMessages.execStackFix(libc));
  }

  static Optional<Fault> textRelocations(Subject subject) {
    String libc = subject.row().libc();
    return Fault.unless(
        !subject.binary().textRelocations(),
        HardeningMessages.textRelocations(),
        HardeningMessages.textRelocationsFix(libc));
  }

  static Optional<Fault> writableCode(Subject subject) {
    return Fault.unless(
        !subject.binary().writableCode(),
        HardeningMessages.writableCode(),
        HardeningMessages.writableCodeFix());
  }

  /** Lazy binding is a choice that others may make. */
  static Optional<Fault> relro(Subject subject) {
    ElfBinary elf = (ElfBinary) subject.binary();
    return Fault.unless(
        elf.relro() && (elf.bindNow() || subject.own() == null),
        HardeningMessages.relro(elf.relro()),
        HardeningMessages.relroFix());
  }

  static Optional<Fault> aslr(Subject subject) {
    PeBinary pe = (PeBinary) subject.binary();
    // Without a table of relocations Windows may still choose, if nothing says it was taken away.
    boolean stripped = (pe.characteristics() & RELOCATIONS_STRIPPED) != 0;
    if (stripped || (pe.dllCharacteristics() & DYNAMIC_BASE) == 0) {
      return Fault.of(HardeningMessages.aslr(stripped), HardeningMessages.aslrFix());
    }
    return Fault.unless(
        pe.highEntropy() || !pe.is64Bit() || subject.own() == null,
        HardeningMessages.highEntropy(),
        HardeningMessages.highEntropyFix());
  }

  static Optional<Fault> absolutePaths(Subject subject) {
    List<String> bad =
        subject.content().paths().stream()
            .filter(found -> found.kind() != PathScan.Kind.TOOLCHAIN)
            .map(PathScan.Found::path)
            .distinct()
            .toList();
    return bad.isEmpty()
        ? Optional.empty()
        : Fault.of(
            HardeningMessages.absolutePaths(bad),
            bad,
            HardeningMessages.absolutePathsFix(subject.own().isGoCore()));
  }
}
