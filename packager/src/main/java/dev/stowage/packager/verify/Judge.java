package dev.stowage.packager.verify;

import dev.stowage.loader.header.HeaderException;
import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.message.RuleMessages;
import dev.stowage.packager.message.Spelling;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the rules against one library after the other.
 *
 * @param modes modes by rule; rules that are not in it have {@link Mode#CHECK}
 * @param spelling how the caller names options
 */
record Judge(Map<Rule, Mode> modes, Spelling spelling) {
  /**
   * A library of a project.
   *
   * @param name its file name
   * @param own what the project has promised
   */
  Report.Verified judge(String binding, String name, Row row, byte[] bytes, Own own) {
    try {
      Binary binary = Binary.read(bytes);
      Subject subject = new Subject(name, row, binary, Content.of(bytes), own, Set.of(), spelling);
      return verified(binding, own.role(), name, subject, bytes);
    } catch (HeaderException e) {
      return damaged(binding, own.role(), name, row.name(), bytes, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A library of others.
   *
   * @param path its name inside of its JAR or directory
   * @param packed file names beside it
   */
  Report.Verified judge(String path, Row row, Binary binary, byte[] bytes, Set<String> packed) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    // No rule for others looks at the bytes outside of the header.
    Subject subject = new Subject(name, row, binary, null, null, packed, spelling);
    return verified(null, null, path, subject, bytes);
  }

  private Report.Verified verified(
      String binding, Role role, String name, Subject subject, byte[] bytes) {
    return new Report.Verified(
        binding,
        role,
        name,
        subject.row().name(),
        Digests.sha256(bytes),
        Floor.of(subject.binary()),
        subject.binary().needed(),
        List.copyOf(subject.binary().exported()),
        findings(subject));
  }

  /**
   * A file that cannot be read as a library: nothing else can be judged, no mode turns this off.
   */
  static Report.Verified damaged(
      String binding, Role role, String name, String row, byte[] bytes, String found) {
    Report.Finding finding =
        new Report.Finding(
            Rule.MACHINE.id(),
            Rule.MACHINE.ruleClass(),
            Mode.CHECK,
            found,
            List.of(),
            RuleMessages.machineFix());
    return new Report.Verified(
        binding,
        role,
        name,
        row,
        Digests.sha256(bytes),
        null,
        List.of(),
        List.of(),
        List.of(finding));
  }

  List<Report.Finding> findings(Subject subject) {
    List<Report.Finding> findings = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      Mode mode = modes.getOrDefault(rule, Mode.CHECK);
      Optional<Fault> broken = mode == Mode.SKIP ? Optional.empty() : rule.check(subject);
      broken.ifPresent(
          fault ->
              findings.add(
                  new Report.Finding(
                      rule.id(),
                      rule.ruleClass(),
                      fault.advisory() ? Mode.WARN : mode,
                      fault.found(),
                      fault.symbols(),
                      fault.fix())));
      if (rule == Rule.MACHINE && subject.binary().format() != subject.row().format()) {
        // The rules for a row ask of its format what another format cannot answer.
        break;
      }
    }
    return findings;
  }
}
