package dev.stowage.packager.verify;

import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.message.RuleMessages;
import java.util.Optional;

/** Is the file what its label says? */
final class IdentityRules {
  private IdentityRules() {}

  static Optional<Fault> machine(Subject subject) {
    Binary binary = subject.binary();
    Row row = subject.row();
    if (binary.format() != row.format() || !binary.machine().equals(row.arch())) {
      String found = binary.machine() + " (" + binary.format().label() + ")";
      return Fault.of(
          RuleMessages.machine(found, row.arch() + " (" + row.format().label() + ")", row.name()),
          RuleMessages.machineFix());
    }
    return Fault.unless(
        binary.sharedLibrary(),
        RuleMessages.notALibrary(),
        RuleMessages.notALibraryFix(row.libc()));
  }

  static Optional<Fault> name(Subject subject) {
    String found = subject.binary().name();
    String wanted = importName(subject.row(), subject.name());
    return Fault.unless(
        wanted.equals(found),
        RuleMessages.name(subject.row().libc(), found, wanted),
        RuleMessages.nameFix(subject.row().libc(), wanted));
  }

  /** By which name other libraries of a row must know a packed file. */
  static String importName(Row row, String file) {
    // dyld takes an install name as a path; @rpath leaves the directory to the one who needs it.
    return row.libc().equals("macos") ? "@rpath/" + file : file;
  }
}
