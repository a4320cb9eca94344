package dev.stowage.packager.verify;

import dev.stowage.packager.message.ConsoleText;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.message.PackagerException.Kind;
import java.nio.file.Path;
import java.util.List;

/** All texts of {@code verify} that a user reads, except those of single rules. */
final class VerifyMessages {
  private VerifyMessages() {}

  /**
   * STOW-200: the end of a run with violations; the kind is that of their rules, if they have one.
   */
  static PackagerException failed(Kind kind, String library, List<String> findings) {
    return new PackagerException(
        kind,
        "STOW-200",
        ConsoleText.count(findings.size(), "violation", "violations")
            + " in the libraries of "
            + library,
        String.join("\n", findings),
        null);
  }

  /** STOW-203: an unknown rule. */
  static PackagerException unknownRule(String rule, String nearest, List<String> known) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-203",
        "unknown rule '" + rule + "'",
        null,
        (nearest == null ? "" : "write '" + nearest + "'; ")
            + "the rules are "
            + String.join(", ", known));
  }

  /** STOW-205: an argument that is neither file nor directory. */
  static PackagerException noSuchFile(Path file) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-205",
        "cannot verify " + file,
        "there is no readable file or directory of that name",
        "name libraries, JARs or directories of them");
  }

  /** STOW-206: no library in the arguments. */
  static PackagerException noLibrary(String library) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-206",
        "no library found in " + library,
        "no ELF, Mach-O or PE file for a platform of the targets table",
        "name libraries, JARs or directories of them");
  }

  /** STOW-207: a JAR that cannot be read. */
  static PackagerException badJar(Path file, String reason) {
    return new PackagerException(
        Kind.USAGE, "STOW-207", "cannot read " + file, reason, "name a complete JAR or ZIP file");
  }

  /** STOW-208: an unknown severity. */
  static PackagerException unknownSeverity(String severity) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-208",
        "unknown severity '" + severity + "' of a rule",
        null,
        "use error, warning or off");
  }

  /** Facts about a library. */
  static String facts(VerifyReport.Verified library) {
    String version =
        library.minimumVersion() == null
            ? "no particular version"
            : RuleMessages.orNewer(library.minimumVersion(), library.minimumVersionSymbols());
    return "needs "
        + version
        + "; imports "
        + ConsoleText.count(library.needed().size(), "library", "libraries")
        + ", exports "
        + ConsoleText.count(library.exports().size(), "symbol", "symbols");
  }

  /** A file that was not checked, and why. */
  static String skipped(String file, String reason) {
    return file + ": not checked: " + reason;
  }

  /** Reason: an operating system that is not in the targets table. */
  static String otherSystem(String system) {
    return "made for " + system;
  }

  /** Reason: a program. */
  static String program() {
    return "a program, not a shared library";
  }

  /** The last line of one report, with its time. */
  static String finished(int libraries, int errors, int warnings, long millis) {
    String result =
        errors + warnings == 0
            ? "no violation"
            : ConsoleText.count(errors, "error", "errors")
                + ", "
                + ConsoleText.count(warnings, "warning", "warnings");
    return ConsoleText.count(libraries, "library", "libraries")
        + " verified in "
        + ConsoleText.seconds(millis)
        + ": "
        + result;
  }

  /** The last line after several targets, with the time of all. */
  static String allTargets(int targets, int libraries, long millis) {
    String what = libraries + " libraries of " + targets + " targets verified";
    return ConsoleText.line("verify", "all", what, "in " + ConsoleText.seconds(millis));
  }

  /** One violation: file, rule, what was found, fix. */
  static String finding(String file, String rule, String found, String fix) {
    return file + ": " + rule + ": " + found + "; fix: " + fix;
  }
}
