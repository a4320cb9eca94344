package dev.stowage.packager.verify;

import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.Messages;
import dev.stowage.packager.message.VerifyMessages;
import dev.stowage.packager.model.Json;
import dev.stowage.packager.model.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code verify} found in the libraries of one row. {@link #json()} is the machine's form.
 *
 * @param format 1
 * @param classifier the row
 * @param files in project order, core before shim
 * @since 0.1.0
 */
public record Report(int format, String classifier, List<Verified> files) {
  /** The format this class writes. */
  public static final int FORMAT = 1;

  /** Copies the list. */
  public Report {
    files = List.copyOf(files);
  }

  /**
   * One library.
   *
   * @param unit the unit's name
   * @param role core or shim
   * @param name file name
   * @param sha256 of the bytes that were judged
   * @param floor the newest glibc version needed, or null
   * @param needed needed libraries, in file order
   * @param exports defined dynamic symbols, sorted
   * @param findings broken rules, in rule order
   */
  public record Verified(
      String unit,
      Role role,
      String name,
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
   * @param mode {@code check} fails the run, {@code warn} does not
   * @param found what is wrong
   * @param symbols the symbols or libraries it is about, all of them
   * @param fix what to do
   */
  public record Finding(String rule, Mode mode, String found, List<String> symbols, String fix) {
    /** Copies the list. */
    public Finding {
      symbols = List.copyOf(symbols);
    }
  }

  /** The report as JSON, indented, for machines. */
  public byte[] json() {
    return Json.indented(this);
  }

  /** One step per library, one warning per finding. */
  public void print(Console console) {
    for (Verified file : files) {
      Floor floor = file.floor();
      console.step(
          Messages.line(
              "verify",
              classifier,
              file.name(),
              VerifyMessages.facts(
                  floor == null ? null : floor.version(),
                  floor == null ? null : VerifyMessages.some(floor.symbols()),
                  file.needed().size(),
                  file.exports().size())));
      file.findings().forEach(finding -> console.warn(text(file, finding)));
    }
  }

  /**
   * Returns when no rule of mode CHECK is broken.
   *
   * @throws dev.stowage.packager.message.PackagerException STOW-200 with all of them
   */
  public void requirePassed() {
    List<String> failures = new ArrayList<>();
    for (Verified file : files) {
      for (Finding finding : file.findings()) {
        if (finding.mode() == Mode.CHECK) {
          failures.add(text(file, finding));
        }
      }
    }
    if (!failures.isEmpty()) {
      throw VerifyMessages.failed(classifier, failures);
    }
  }

  private static String text(Verified file, Finding finding) {
    return VerifyMessages.finding(file.name(), finding.rule(), finding.found(), finding.fix());
  }
}
