package dev.stowage.packager.verify;

import dev.stowage.loader.platform.Format;
import dev.stowage.loader.platform.Libc;
import dev.stowage.packager.binary.ElfBinary;
import dev.stowage.packager.binary.MachOBinary;
import dev.stowage.packager.binary.PeBinary;
import dev.stowage.packager.binary.PeBinary.Crt;
import dev.stowage.packager.binary.Signature;
import dev.stowage.packager.project.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks whether a library loads on every host of its platform. */
final class PortabilityRules {
  private static final List<String> ELF_SEARCH = List.of("$ORIGIN", "$ORIGIN/..");
  private static final List<String> MACH_O_SEARCH = List.of("@loader_path", "@loader_path/..");

  /** Bytes that a signing tool adds to the header: one LC_CODE_SIGNATURE command. */
  private static final int SIGNATURE_COMMAND = 16;

  private PortabilityRules() {}

  static Optional<Violation> minimumVersion(CheckedLibrary library) {
    MinimumVersion needed = MinimumVersion.of(library.binary());
    Platform platform = library.platform();
    if (needed == null || platform.minimumVersion() == null) {
      return Optional.empty();
    }
    if (platform.libc() == Libc.MUSL && needed.isGlibc()) {
      return Violation.of(
          RuleMessages.wrongLibc(needed.text(), platform.name(), platform.libc()),
          needed.symbols(),
          RuleMessages.machineFix());
    }
    if (!needed.isAbove(platform.minimumVersion())) {
      return Optional.empty();
    }
    boolean release = library.expected().release();
    String fix =
        release
            ? RuleMessages.minimumVersionFix(platform.libc(), platform.minimumVersion())
            : RuleMessages.localBuildFix(library.optionStyle().option("targets", platform.name()));
    return Violation.of(RuleMessages.minimumVersion(needed, platform), needed.symbols(), fix)
        .map(violation -> violation.advisoryIf(!release));
  }

  static Optional<Violation> needed(CheckedLibrary library) {
    List<String> foreign = foreign(library);
    if (foreign.isEmpty() || isMisnamedCore(library, foreign)) {
      return Optional.empty();
    }
    String found = RuleMessages.needed(String.join(", ", foreign), library.platform().name());
    return Violation.of(found, foreign, RuleMessages.neededFix());
  }

  /** The needed libraries that are neither packed nor part of the system. */
  private static List<String> foreign(CheckedLibrary library) {
    List<String> foreign = new ArrayList<>();
    for (String needed : library.binary().needed()) {
      boolean packed =
          library.isThirdParty()
              ? library.isPacked(needed)
              : library.expected().role() == Role.SHIM && needed.equals(core(library));
      if (!packed && !SystemLibraries.contain(needed, library)) {
        foreign.add(needed);
      }
    }
    return foreign;
  }

  private static String core(CheckedLibrary library) {
    return IdentityRules.importName(library.platform(), library.expected().core());
  }

  /**
   * True for a shim that needs exactly one foreign library and not its core: the core's name is
   * wrong then, which is one violation, not two.
   */
  private static boolean isMisnamedCore(CheckedLibrary library, List<String> foreign) {
    return !library.isThirdParty()
        && library.expected().role() == Role.SHIM
        && foreign.size() == 1
        && !library.binary().needed().contains(core(library));
  }

  static Optional<Violation> importName(CheckedLibrary library) {
    if (library.expected().role() == Role.CORE
        || library.binary().needed().contains(core(library))) {
      return Optional.empty();
    }
    List<String> foreign = foreign(library);
    String wanted = core(library);
    return isMisnamedCore(library, foreign)
        ? Violation.of(
            RuleMessages.importName(foreign.get(0), wanted), foreign, RuleMessages.importNameFix())
        : Violation.of(RuleMessages.coreNotNeeded(wanted), RuleMessages.importNameFix());
  }

  static Optional<Violation> rpath(CheckedLibrary library) {
    List<String> paths = library.binary().rpaths();
    if (library.isThirdParty()) {
      List<String> fixed = paths.stream().filter(path -> !isRelative(path)).toList();
      return fixed.isEmpty()
          ? Optional.empty()
          : Violation.of(
              RuleMessages.fixedRpath(String.join(":", fixed)),
              fixed,
              RuleMessages.fixedRpathFix());
    }
    List<String> wanted = library.binary().format() == Format.ELF ? ELF_SEARCH : MACH_O_SEARCH;
    return paths.isEmpty() || paths.equals(wanted)
        ? Optional.empty()
        : Violation.of(
            RuleMessages.rpath(String.join(":", paths)),
            RuleMessages.rpathFix(library.platform().libc(), wanted));
  }

  private static boolean isRelative(String path) {
    return path.startsWith("$ORIGIN")
        || path.startsWith("${ORIGIN}")
        || path.startsWith("@loader_path")
        || path.startsWith("@executable_path")
        || path.startsWith("@rpath");
  }

  static Optional<Violation> pageAlignment(CheckedLibrary library) {
    long found = library.binary().pageAlignment();
    long wanted = largestPage(library.platform());
    return Violation.unless(
        found >= wanted,
        RuleMessages.pageAlignment(found, wanted, library.platform().name()),
        RuleMessages.pageAlignmentFix(library.platform().libc(), wanted));
  }

  /**
   * Linux on 64-bit ARM is built with pages of 4, 16 or 64 KB (arch/arm64/Kconfig), macOS on it has
   * 16 KB; all other platforms have 4 KB.
   */
  private static long largestPage(Platform platform) {
    if (!platform.arch().equals("aarch_64")) {
      return 4 << 10;
    }
    return platform.format() == Format.ELF ? 64 << 10 : 16 << 10;
  }

  /** Go's c-shared libraries need static TLS on every platform (golang/go#13492). */
  static Optional<Violation> staticTls(CheckedLibrary library) {
    return Violation.unless(
        library.expected().isGoCore() || !((ElfBinary) library.binary()).staticTls(),
        RuleMessages.staticTls(),
        RuleMessages.staticTlsFix());
  }

  static Optional<Violation> crt(CheckedLibrary library) {
    PeBinary pe = (PeBinary) library.binary();
    List<String> missing =
        pe.needed().stream()
            .filter(dll -> SystemLibraries.isRedistributable(dll) && !library.isPacked(dll))
            .toList();
    if (!missing.isEmpty()) {
      // A JDK contains Microsoft's runtime, in the version that the JDK was built with.
      boolean inJdk = missing.stream().allMatch(SystemLibraries::isMicrosoftRuntime);
      return Violation.of(RuleMessages.crt(missing), missing, RuleMessages.crtFix())
          .map(violation -> violation.advisoryIf(library.isThirdParty() && inJdk));
    }
    boolean two = pe.crt().containsAll(Set.of(Crt.MSVCRT, Crt.UCRT));
    return Violation.unless(
        library.isThirdParty() || !two, RuleMessages.twoCrts(), RuleMessages.twoCrtsFix());
  }

  static Optional<Violation> signature(CheckedLibrary library) {
    MachOBinary mach = (MachOBinary) library.binary();
    Signature signature = mach.signature();
    if (!signature.damage().isEmpty()) {
      return Violation.of(
          RuleMessages.brokenSignature(signature.damage().get(0)), RuleMessages.signatureFix());
    }
    if (signature.kind() != Signature.Kind.NONE) {
      return Optional.empty();
    }
    if (library.platform().arch().equals("aarch_64")) {
      return Violation.of(RuleMessages.noSignature(), RuleMessages.signatureFix());
    }
    return Violation.unless(
        library.isThirdParty() || mach.headerPadding() >= SIGNATURE_COMMAND,
        RuleMessages.noPadding(mach.headerPadding(), SIGNATURE_COMMAND),
        RuleMessages.noPaddingFix());
  }
}
