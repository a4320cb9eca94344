package dev.stowage.packager.verify;

import dev.stowage.loader.platform.Libc;
import dev.stowage.packager.binary.Binary;
import java.util.Optional;

/** Checks whether a file is the library that its name and platform promise. */
final class IdentityRules {
  private IdentityRules() {}

  static Optional<Violation> machine(CheckedLibrary library) {
    Binary binary = library.binary();
    Platform platform = library.platform();
    if (binary.format() != platform.format() || !binary.machine().equals(platform.arch())) {
      String found = binary.machine() + " (" + binary.format().label() + ")";
      return Violation.of(
          RuleMessages.machine(
              found, platform.arch() + " (" + platform.format().label() + ")", platform.name()),
          RuleMessages.machineFix());
    }
    return Violation.unless(
        binary.sharedLibrary(),
        RuleMessages.notALibrary(),
        RuleMessages.notALibraryFix(platform.libc()));
  }

  static Optional<Violation> name(CheckedLibrary library) {
    String found = library.binary().name();
    String wanted = importName(library.platform(), library.name());
    return Violation.unless(
        wanted.equals(found),
        RuleMessages.name(library.platform().libc(), found, wanted),
        RuleMessages.nameFix(library.platform().libc(), wanted));
  }

  /** The name by which other libraries must import a packed file. */
  static String importName(Platform platform, String file) {
    // dyld reads an install name as a path; with @rpath the importing library sets the directory.
    return platform.libc() == Libc.MACOS ? "@rpath/" + file : file;
  }
}
