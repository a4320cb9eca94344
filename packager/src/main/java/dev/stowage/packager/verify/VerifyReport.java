package dev.stowage.packager.verify;

import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.ConsoleText;
import dev.stowage.packager.message.PackagerException.Kind;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Json;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The result of {@code verify} for the libraries that a project built for one target, or for the
 * third-party libraries in one file or directory. {@link #json()} is the form for machines.
 *
 * @param format 1
 * @param classifier of the target; null for third-party libraries
 * @param source the file or directory as the user named it; null for own libraries
 * @param libraries own libraries in project order, core before shim; third-party ones by name
 * @param skipped libraries that were not checked, by name
 * @param millis sum of the times that the files took; several may have been checked at once
 * @since 0.1.0
 */
public record VerifyReport(
    int format,
    String classifier,
    String source,
    List<Verified> libraries,
    List<Skipped> skipped,
    long millis) {
  /** The format this class writes. */
  public static final int FORMAT = 1;

  /** Copies the lists. */
  public VerifyReport {
    libraries = List.copyOf(libraries);
    skipped = List.copyOf(skipped);
  }

  /**
   * One library.
   *
   * @param binding the binding's name; null for a third-party library
   * @param role core or shim; null for a third-party library
   * @param file file name; for third-party libraries the path inside the JAR or directory
   * @param platform where it is meant to run; null for a file that cannot be read
   * @param sha256 of the bytes that were checked
   * @param minimumVersion of C library or operating system; null if it runs on every version
   * @param minimumVersionSymbols symbols or DLLs that need it; empty when the header names it
   * @param needed needed libraries, in file order
   * @param exports exported names, sorted
   * @param findings broken rules, in rule order
   */
  public record Verified(
      String binding,
      Role role,
      String file,
      String platform,
      String sha256,
      String minimumVersion,
      List<String> minimumVersionSymbols,
      List<String> needed,
      List<String> exports,
      List<Finding> findings) {
    /** Copies the lists. */
    public Verified {
      minimumVersionSymbols = List.copyOf(minimumVersionSymbols);
      needed = List.copyOf(needed);
      exports = List.copyOf(exports);
      findings = List.copyOf(findings);
    }
  }

  /**
   * A broken rule.
   *
   * @param rule the rule's id
   * @param ruleClass what is at risk
   * @param severity {@code error} fails the run, {@code warning} does not
   * @param found what is wrong
   * @param symbols all symbols or libraries concerned
   * @param fix what to do
   */
  public record Finding(
      String rule,
      RuleClass ruleClass,
      Severity severity,
      String found,
      List<String> symbols,
      String fix) {
    /** Copies the list. */
    public Finding {
      symbols = List.copyOf(symbols);
    }
  }

  /**
   * A library that was not checked.
   *
   * @param file its path inside the JAR or directory
   * @param reason why
   */
  public record Skipped(String file, String reason) {}

  /** The report as JSON, indented, for machines. */
  public byte[] json() {
    return Json.indented(this);
  }

  /**
   * Prints the reports of several targets.
   *
   * @param millis time that all of them took together
   */
  public static void print(List<VerifyReport> reports, long millis, Console console) {
    reports.forEach(report -> report.print(console));
    if (reports.size() > 1) {
      int libraries = reports.stream().mapToInt(report -> report.libraries().size()).sum();
      console.step(VerifyMessages.allTargets(reports.size(), libraries, millis));
    }
  }

  /** Prints a line per library, a warning per finding, and a last line with the time. */
  public void print(Console console) {
    int broken = 0;
    int warned = 0;
    for (Verified library : libraries) {
      String facts = VerifyMessages.facts(library);
      console.step(
          ConsoleText.line(
              "verify", Objects.requireNonNullElse(library.platform(), ""), library.file(), facts));
      for (Finding finding : library.findings()) {
        console.warn(text(library, finding));
        broken += finding.severity() == Severity.ERROR ? 1 : 0;
        warned += finding.severity() == Severity.WARNING ? 1 : 0;
      }
    }
    for (Skipped one : skipped) {
      console.step(
          ConsoleText.line("verify", "", VerifyMessages.skipped(one.file(), one.reason()), ""));
    }
    String all = VerifyMessages.finished(libraries.size(), broken, warned, millis);
    console.step(
        classifier == null
            ? ConsoleText.line("verify", "", source + ": " + all, "")
            : ConsoleText.line("verify", classifier, all, ""));
  }

  /**
   * Returns normally when none of the reports has a finding of severity ERROR.
   *
   * @throws dev.stowage.packager.message.PackagerException STOW-200 with all of them; its kind is
   *     that of the rules' class if they have one class
   */
  public static void requirePassed(List<VerifyReport> reports) {
    List<String> failures = new ArrayList<>();
    Set<RuleClass> classes = EnumSet.noneOf(RuleClass.class);
    List<String> subjects = new ArrayList<>();
    for (VerifyReport report : reports) {
      int before = failures.size();
      for (Verified library : report.libraries) {
        for (Finding finding : library.findings()) {
          if (finding.severity() == Severity.ERROR) {
            failures.add(text(library, finding));
            classes.add(finding.ruleClass());
          }
        }
      }
      if (failures.size() > before) {
        subjects.add(report.classifier == null ? report.source : report.classifier);
      }
    }
    if (!failures.isEmpty()) {
      Kind kind = classes.size() == 1 ? classes.iterator().next().kind() : Kind.RULE;
      throw VerifyMessages.failed(kind, String.join(", ", subjects), failures);
    }
  }

  private static String text(Verified library, Finding finding) {
    return VerifyMessages.finding(library.file(), finding.rule(), finding.found(), finding.fix());
  }
}
