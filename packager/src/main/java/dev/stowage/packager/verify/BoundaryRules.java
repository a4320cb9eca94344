package dev.stowage.packager.verify;

import dev.stowage.packager.binary.ElfBinary;
import dev.stowage.packager.project.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks whether a library keeps the contract between Java, shim and core. */
final class BoundaryRules {
  private BoundaryRules() {}

  /** Mach-O and PE have no such flag; on macOS and Windows the shim pins its core when loaded. */
  static Optional<Violation> noDelete(CheckedLibrary library) {
    ElfBinary elf = (ElfBinary) library.binary();
    return Violation.unless(
        library.expected().role() == Role.SHIM || elf.noDelete(),
        RuleMessages.noDelete(),
        RuleMessages.noDeleteFix());
  }

  static Optional<Violation> exports(CheckedLibrary library) {
    Set<String> exported = library.binary().exported();
    TreeSet<String> extra = new TreeSet<>(exported);
    TreeSet<String> missing = new TreeSet<>(library.expected().exports());
    library.expected().exports().forEach(extra::remove);
    exported.forEach(missing::remove);
    if (extra.isEmpty() && missing.isEmpty()) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(extra);
    all.addAll(missing);
    return Violation.of(
        RuleMessages.exports(List.copyOf(extra), List.copyOf(missing)),
        all,
        RuleMessages.exportsFix(library.expected().exportsSource()));
  }

  static Optional<Violation> contract(CheckedLibrary library) {
    String digest = library.expected().contract();
    List<String> wanted = digest == null ? List.of() : List.of(digest);
    List<String> found = library.scan().marks();
    return Violation.unless(
        found.equals(wanted),
        RuleMessages.contract(found, digest),
        RuleMessages.contractFix(digest));
  }

  static Optional<Violation> goRuntime(CheckedLibrary library) {
    if (library.expected().isGoCore()) {
      return Optional.empty();
    }
    for (Set<String> symbols : List.of(library.binary().exported(), library.binary().imported())) {
      for (String symbol : symbols) {
        if (symbol.startsWith("_cgo_") || symbol.equals("crosscall2")) {
          return Violation.of(
              RuleMessages.goRuntime(symbol), List.of(symbol), RuleMessages.goRuntimeFix());
        }
      }
    }
    return Violation.unless(
        !library.scan().goBuildInfo(),
        RuleMessages.goRuntime("Go build information"),
        RuleMessages.goRuntimeFix());
  }
}
