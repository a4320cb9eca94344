package dev.stowage.packager.verify;

import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.Messages;
import dev.stowage.packager.message.PackagerException.Kind;
import dev.stowage.packager.message.VerifyMessages;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Json;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What {@code verify} found in the libraries of one row of a project, or in one file or directory
 * of others. {@link #json()} is the machine's form.
 *
 * @param format 1
 * @param classifier the row; null for libraries of others
 * @param source the file or directory as the user named it; null for a project's row
 * @param files a project's in project order, core before shim; others' in order of their names
 * @param skipped files that are libraries and were not judged, by name
 * @param millis how long its files took, one after the other: several may have been judged at once
 * @since 0.1.0
 */
public record Report(
    int format,
    String classifier,
    String source,
    List<Verified> files,
    List<Skipped> skipped,
    long millis) {
  /** The format this class writes. */
  public static final int FORMAT = 1;

  /** Copies the lists. */
  public Report {
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
  }

  /**
   * One library.
   *
   * @param binding the binding's name; null for a library of others
   * @param role core or shim; null for a library of others
   * @param name file name; for others its path inside of the JAR or directory
   * @param row where it is meant to run
   * @param sha256 of the bytes that were judged
   * @param floor the newest version of C library or operating system needed, or null
   * @param needed needed libraries, in file order
   * @param exports names that others can bind to, sorted
   * @param findings broken rules, in rule order
   */
  public record Verified(
      String binding,
      Role role,
      String name,
      String row,
      String sha256,
      Floor floor,
      List<String> needed,
      List<String> exports,
      List<Finding> findings) {
    /** Copies the lists. */
    public Verified {
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
   * @param mode {@code check} fails the run, {@code warn} does not
   * @param found what is wrong
   * @param symbols the symbols or libraries it is about, all of them
   * @param fix what to do
   */
  public record Finding(
      String rule, RuleClass ruleClass, Mode mode, String found, List<String> symbols, String fix) {
    /** Copies the list. */
    public Finding {
      symbols = List.copyOf(symbols);
    }
  }

  /**
   * A library that was not judged.
   *
   * @param name its path inside of the JAR or directory
   * @param reason why
   */
  public record Skipped(String name, String reason) {}

  /** The report as JSON, indented, for machines. */
  public byte[] json() {
    return Json.indented(this);
  }

  /** One step per library, one warning per finding, and one step for all with the time. */
  public void print(Console console) {
    int broken = 0;
    int warned = 0;
    for (Verified file : files) {
      Floor floor = file.floor();
      String facts =
          VerifyMessages.facts(
              floor == null ? null : floor.text(),
              floor == null ? List.of() : floor.symbols(),
              file.needed().size(),
              file.exports().size());
      console.step(
          Messages.line("verify", Objects.requireNonNullElse(file.row(), ""), file.name(), facts));
      for (Finding finding : file.findings()) {
        console.warn(text(file, finding));
        broken += finding.mode() == Mode.CHECK ? 1 : 0;
        warned += finding.mode() == Mode.WARN ? 1 : 0;
      }
    }
    for (Skipped file : skipped) {
      console.step(
          Messages.line("verify", "", VerifyMessages.skipped(file.name(), file.reason()), ""));
    }
    String all = VerifyMessages.finished(files.size(), broken, warned, millis);
    console.step(
        classifier == null
            ? Messages.line("verify", "", VerifyMessages.of(source, all), "")
            : Messages.line("verify", classifier, all, ""));
  }

  /**
   * Returns when no rule of mode CHECK is broken in any of the reports.
   *
   * @throws dev.stowage.packager.message.PackagerException STOW-200 with all of them; its kind is
   *     that of the rules' class if they share one
   */
  public static void requirePassed(List<Report> reports) {
    List<String> failures = new ArrayList<>();
    Set<RuleClass> classes = EnumSet.noneOf(RuleClass.class);
    List<String> subjects = new ArrayList<>();
    for (Report report : reports) {
      int before = failures.size();
      for (Verified file : report.files) {
        for (Finding finding : file.findings()) {
          if (finding.mode() == Mode.CHECK) {
            failures.add(text(file, finding));
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

  private static String text(Verified file, Finding finding) {
    return VerifyMessages.finding(file.name(), finding.rule(), finding.found(), finding.fix());
  }
}
