package dev.stowage.packager.message;

import dev.stowage.packager.message.PackagerException.Kind;
import java.nio.file.Path;
import java.util.List;

/**
 * Every text of {@code verify} that a user reads.
 *
 * @since 0.1.0
 */
public final class VerifyMessages {
  private VerifyMessages() {}

  /** STOW-200: the end of a run with failures; the kind is that of the rules, if they share one. */
  public static PackagerException failed(Kind kind, String subject, List<String> findings) {
    return new PackagerException(
        kind,
        "STOW-200",
        findings.size() + " broken rule(s) in the libraries of " + subject,
        String.join("\n", findings),
        null);
  }

  /** STOW-201: a library that was never built. */
  public static PackagerException notBuilt(
      String classifier, String binding, String role, Path file) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-201",
        "no " + role + " of binding '" + binding + "' for " + classifier,
        "nothing readable at " + file,
        "run 'build' first");
  }

  /** STOW-203: a rule nobody knows. */
  public static PackagerException unknownRule(String rule, String nearest, List<String> known) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-203",
        "there is no rule '" + rule + "'",
        null,
        (nearest == null ? "" : "write '" + nearest + "'; ")
            + "rules are "
            + String.join(", ", known));
  }

  /** STOW-204: libraries of another version. */
  public static PackagerException otherVersion(String file, String built, String wanted) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-204",
        file + " was built as version " + built + ", not " + wanted,
        null,
        "run 'build' with version " + wanted + " first");
  }

  /** STOW-205: an argument that is neither file nor directory. */
  public static PackagerException noSuchFile(Path file) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-205",
        "there is nothing to verify at " + file,
        "no readable file or directory of that name",
        "name libraries, JARs or directories of them");
  }

  /** STOW-206: nothing in the arguments could be judged. */
  public static PackagerException noLibrary(String subject) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-206",
        "there is no library in " + subject,
        "no ELF, Mach-O or PE file for a platform of the targets table",
        "name libraries, JARs or directories of them");
  }

  /** STOW-207: a JAR that cannot be read. */
  public static PackagerException badJar(Path file, String reason) {
    return new PackagerException(
        Kind.USAGE, "STOW-207", "cannot read " + file, reason, "name a complete JAR or ZIP file");
  }

  /** What was found in a library. */
  public static String facts(String floor, List<String> symbols, int needed, int exports) {
    String because = symbols.isEmpty() ? "" : " (" + RuleMessages.some(symbols) + ")";
    String text = floor == null ? "asks for no version" : "needs " + floor + because;
    return text + "; " + needed + " needed, " + exports + " exported";
  }

  /** A file that was not judged, and why. */
  public static String skipped(String file, String reason) {
    return file + ": not judged: " + reason;
  }

  /** Reason: an operating system that the targets table does not know. */
  public static String otherSystem(String system) {
    return "made for " + system;
  }

  /** Reason: a program. */
  public static String program() {
    return "a program, not a shared library";
  }

  /** The last line, with the time of it all. */
  public static String finished(int libraries, int broken, int warned, long millis) {
    String result =
        broken + warned == 0 ? "no rule broken" : broken + " rules broken, " + warned + " warnings";
    return libraries + " libraries, " + result + "  " + Messages.seconds(millis);
  }

  /** After several rows: the time that all of them took. */
  public static String allRows(int rows, int libraries, long millis) {
    String what = libraries + " libraries of " + rows + " rows";
    return Messages.line("verify", "all", what, Messages.seconds(millis));
  }

  /** Says of which file or directory of others it is true. */
  public static String of(String source, String text) {
    return source + ": " + text;
  }

  /** One broken rule: file, rule, what was found, fix. */
  public static String finding(String file, String rule, String found, String fix) {
    return file + ": " + rule + ": " + found + "; fix: " + fix;
  }
}
