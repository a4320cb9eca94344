package dev.stowage.packager.verify;

import dev.stowage.packager.binary.ElfBinary;
import dev.stowage.packager.binary.Format;
import dev.stowage.packager.binary.MachOBinary;
import dev.stowage.packager.binary.PeBinary;
import dev.stowage.packager.binary.PeBinary.Crt;
import dev.stowage.packager.binary.Signature;
import dev.stowage.packager.message.RuleMessages;
import dev.stowage.packager.project.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does it load on every host of its row? */
final class PortabilityRules {
  private static final List<String> ELF_SEARCH = List.of("$ORIGIN", "$ORIGIN/..");
  private static final List<String> MACH_O_SEARCH = List.of("@loader_path", "@loader_path/..");

  /** What a signing tool adds to the header: one LC_CODE_SIGNATURE command. */
  private static final int SIGNATURE_COMMAND = 16;

  private PortabilityRules() {}

  static Optional<Fault> floor(Subject subject) {
    Floor floor = Floor.of(subject.binary());
    Row row = subject.row();
    if (floor == null || row.floor() == null) {
      return Optional.empty();
    }
    if (row.isMusl() && floor.isGlibc()) {
      return Fault.of(
          RuleMessages.wrongLibc(floor.text(), row.libc()),
          floor.symbols(),
          RuleMessages.machineFix());
    }
    if (!floor.isAbove(row.floor())) {
      return Optional.empty();
    }
    boolean release = subject.own().release();
    String found =
        RuleMessages.floor(
            floor.text(), RuleMessages.some(floor.symbols()), row.libc(), row.floor());
    String fix =
        release
            ? RuleMessages.floorFix(row.libc(), row.floor())
            : RuleMessages.localFloorFix(subject.spelling().option("targets", row.name()));
    return Fault.of(found, floor.symbols(), fix).map(fault -> fault.advisoryIf(!release));
  }

  static Optional<Fault> needed(Subject subject) {
    List<String> foreign = foreign(subject);
    if (foreign.isEmpty() || isMisnamedCore(subject, foreign)) {
      return Optional.empty();
    }
    String found = RuleMessages.needed(String.join(", ", foreign), subject.row().name());
    return Fault.of(found, foreign, RuleMessages.neededFix());
  }

  private static List<String> foreign(Subject subject) {
    List<String> foreign = new ArrayList<>();
    for (String library : subject.binary().needed()) {
      boolean beside =
          subject.own() == null
              ? subject.isPacked(library)
              : subject.own().role() == Role.SHIM && library.equals(core(subject));
      if (!beside && !SystemLibraries.isPart(library, subject.row(), subject.own() == null)) {
        foreign.add(library);
      }
    }
    return foreign;
  }

  private static String core(Subject subject) {
    return IdentityRules.importName(subject.row(), subject.own().core());
  }

  /** The one library that is not the system's stands where the core should: one defect. */
  private static boolean isMisnamedCore(Subject subject, List<String> foreign) {
    return subject.own() != null
        && subject.own().role() == Role.SHIM
        && foreign.size() == 1
        && !subject.binary().needed().contains(core(subject));
  }

  static Optional<Fault> importName(Subject subject) {
    if (subject.own().role() == Role.CORE || subject.binary().needed().contains(core(subject))) {
      return Optional.empty();
    }
    List<String> foreign = foreign(subject);
    String wanted = core(subject);
    return isMisnamedCore(subject, foreign)
        ? Fault.of(
            RuleMessages.importName(foreign.get(0), wanted), foreign, RuleMessages.importNameFix())
        : Fault.of(RuleMessages.coreNotNeeded(wanted), RuleMessages.importNameFix());
  }

  static Optional<Fault> rpath(Subject subject) {
    List<String> paths = subject.binary().rpaths();
    if (subject.own() == null) {
      List<String> fixed = paths.stream().filter(path -> !isRelative(path)).toList();
      return fixed.isEmpty()
          ? Optional.empty()
          : Fault.of(
              RuleMessages.fixedRpath(String.join(":", fixed)),
              fixed,
              RuleMessages.fixedRpathFix());
    }
    List<String> wanted = subject.binary().format() == Format.ELF ? ELF_SEARCH : MACH_O_SEARCH;
    return paths.isEmpty() || paths.equals(wanted)
        ? Optional.empty()
        : Fault.of(
            RuleMessages.rpath(String.join(":", paths)),
            RuleMessages.rpathFix(subject.row().libc(), wanted));
  }

  private static boolean isRelative(String path) {
    return path.startsWith("$ORIGIN")
        || path.startsWith("${ORIGIN}")
        || path.startsWith("@loader_path")
        || path.startsWith("@executable_path")
        || path.startsWith("@rpath");
  }

  static Optional<Fault> pageAlignment(Subject subject) {
    long found = subject.binary().pageAlignment();
    long wanted = largestPage(subject.row());
    return Fault.unless(
        found >= wanted,
        RuleMessages.pageAlignment(found, wanted, subject.row().name()),
        RuleMessages.pageAlignmentFix(subject.row().libc(), wanted));
  }

  /**
   * Linux on 64-bit ARM is built with 4, 16 or 64 KB pages (arch/arm64/Kconfig), macOS on it has 16
   * KB; the others of these systems have 4 KB.
   */
  private static long largestPage(Row row) {
    if (!row.arch().equals("aarch_64")) {
      return 4 << 10;
    }
    return row.format() == Format.ELF ? 64 << 10 : 16 << 10;
  }

  /** Go's c-shared needs it on every platform (golang/go#13492); the loader knows. */
  static Optional<Fault> staticTls(Subject subject) {
    return Fault.unless(
        subject.own().isGoCore() || !((ElfBinary) subject.binary()).staticTls(),
        RuleMessages.staticTls(),
        RuleMessages.staticTlsFix());
  }

  static Optional<Fault> crt(Subject subject) {
    PeBinary pe = (PeBinary) subject.binary();
    boolean others = subject.own() == null;
    List<String> missing =
        pe.needed().stream()
            .filter(dll -> SystemLibraries.isRedistributable(dll) && !subject.isPacked(dll))
            .toList();
    if (!missing.isEmpty()) {
      // A JDK brings Microsoft's run time along, in the version that the JDK was built with.
      boolean inJdk = missing.stream().allMatch(SystemLibraries::isMicrosofts);
      return Fault.of(RuleMessages.crt(String.join(", ", missing)), missing, RuleMessages.crtFix())
          .map(fault -> fault.advisoryIf(others && inJdk));
    }
    boolean two = pe.crt().containsAll(Set.of(Crt.MSVCRT, Crt.UCRT));
    return Fault.unless(others || !two, RuleMessages.twoCrts(), RuleMessages.twoCrtsFix());
  }

  static Optional<Fault> signature(Subject subject) {
    MachOBinary mach = (MachOBinary) subject.binary();
    Signature signature = mach.signature();
    if (!signature.damage().isEmpty()) {
      return Fault.of(
          RuleMessages.brokenSignature(signature.damage().get(0)), RuleMessages.signatureFix());
    }
    if (signature.kind() != Signature.Kind.NONE) {
      return Optional.empty();
    }
    if (subject.row().arch().equals("aarch_64")) {
      return Fault.of(RuleMessages.noSignature(), RuleMessages.signatureFix());
    }
    return Fault.unless(
        subject.own() == null || mach.headerPadding() >= SIGNATURE_COMMAND,
        RuleMessages.noPadding(mach.headerPadding(), SIGNATURE_COMMAND),
        RuleMessages.noPaddingFix());
  }
}
