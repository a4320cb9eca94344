package dev.stowage.packager.verify;

import dev.stowage.packager.binary.ElfBinary;
import dev.stowage.packager.message.RuleMessages;
import dev.stowage.packager.project.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Does it keep to the contract between Java, shim and core? */
final class BoundaryRules {
  private BoundaryRules() {}

  /** Mach-O and PE have no such flag: there the shim pins its core when it is loaded. */
  static Optional<Fault> noDelete(Subject subject) {
    ElfBinary elf = (ElfBinary) subject.binary();
    return Fault.unless(
        subject.own().role() == Role.SHIM || elf.noDelete(),
        RuleMessages.noDelete(),
        RuleMessages.noDeleteFix());
  }

  static Optional<Fault> exports(Subject subject) {
    Set<String> exported = subject.binary().exported();
    TreeSet<String> extra = new TreeSet<>(exported);
    TreeSet<String> missing = new TreeSet<>(subject.own().exports());
    subject.own().exports().forEach(extra::remove);
    exported.forEach(missing::remove);
    if (extra.isEmpty() && missing.isEmpty()) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(extra);
    all.addAll(missing);
    return Fault.of(
        RuleMessages.exports(List.copyOf(extra), List.copyOf(missing)),
        all,
        RuleMessages.exportsFix(subject.own().exportsSource()));
  }

  static Optional<Fault> contract(Subject subject) {
    String digest = subject.own().contract();
    List<String> wanted = digest == null ? List.of() : List.of(digest);
    List<String> found = subject.content().marks();
    return Fault.unless(
        found.equals(wanted),
        RuleMessages.contract(found, digest),
        RuleMessages.contractFix(digest));
  }

  static Optional<Fault> goRuntime(Subject subject) {
    if (subject.own().isGoCore()) {
      return Optional.empty();
    }
    for (Set<String> symbols : List.of(subject.binary().exported(), subject.binary().imported())) {
      for (String symbol : symbols) {
        if (symbol.startsWith("_cgo_") || symbol.equals("crosscall2")) {
          return Fault.of(
              RuleMessages.goRuntime(symbol), List.of(symbol), RuleMessages.goRuntimeFix());
        }
      }
    }
    return Fault.unless(
        !subject.content().goBuildInfo(),
        RuleMessages.goRuntime("Go build information"),
        RuleMessages.goRuntimeFix());
  }
}
