package dev.stowage.packager.verify;

import dev.stowage.loader.header.HeaderException;
import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.FileDigests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks libraries against all rules that apply to them.
 *
 * @param severities severities by rule; a rule without an entry has {@link Severity#ERROR}
 * @param optionStyle how the caller writes options
 */
record RuleChecker(Map<Rule, Severity> severities, OptionStyle optionStyle) {
  /**
   * Checks a library that the project built.
   *
   * @param name its file name
   */
  VerifyReport.Verified check(
      String binding, String name, Platform platform, byte[] bytes, ProjectExpectations expected) {
    try {
      Binary binary = Binary.read(bytes);
      CheckedLibrary library =
          new CheckedLibrary(
              name, platform, binary, ByteScan.of(bytes), expected, Set.of(), optionStyle);
      return verified(binding, expected.role(), name, library, bytes);
    } catch (HeaderException e) {
      return damaged(binding, expected.role(), name, platform.name(), bytes, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks a third-party library.
   *
   * @param path its name inside its JAR or directory
   * @param packed names of the files beside it
   */
  VerifyReport.Verified check(
      String path, Platform platform, Binary binary, byte[] bytes, Set<String> packed) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    // No rule for third-party libraries looks at the bytes outside the header.
    CheckedLibrary library =
        new CheckedLibrary(name, platform, binary, null, null, packed, optionStyle);
    return verified(null, null, path, library, bytes);
  }

  private VerifyReport.Verified verified(
      String binding, Role role, String name, CheckedLibrary library, byte[] bytes) {
    MinimumVersion minimum = MinimumVersion.of(library.binary());
    return new VerifyReport.Verified(
        binding,
        role,
        name,
        library.platform().name(),
        FileDigests.sha256(bytes),
        minimum == null ? null : minimum.text(),
        minimum == null ? List.of() : minimum.symbols(),
        library.binary().needed(),
        List.copyOf(library.binary().exported()),
        findings(library));
  }

  /**
   * The result for a file that cannot be read as a library: no other rule can be checked, and no
   * severity turns this off.
   */
  static VerifyReport.Verified damaged(
      String binding, Role role, String name, String platform, byte[] bytes, String found) {
    VerifyReport.Finding finding =
        new VerifyReport.Finding(
            Rule.MACHINE.id(),
            Rule.MACHINE.ruleClass(),
            Severity.ERROR,
            found,
            List.of(),
            RuleMessages.machineFix());
    return new VerifyReport.Verified(
        binding,
        role,
        name,
        platform,
        FileDigests.sha256(bytes),
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(finding));
  }

  List<VerifyReport.Finding> findings(CheckedLibrary library) {
    List<VerifyReport.Finding> findings = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      Severity severity = severities.getOrDefault(rule, Severity.ERROR);
      Optional<Violation> broken =
          severity == Severity.OFF ? Optional.empty() : rule.check(library);
      broken.ifPresent(
          violation ->
              findings.add(
                  new VerifyReport.Finding(
                      rule.id(),
                      rule.ruleClass(),
                      violation.advisory() ? Severity.WARNING : severity,
                      violation.found(),
                      violation.symbols(),
                      violation.fix())));
      if (rule == Rule.MACHINE && library.binary().format() != library.platform().format()) {
        // The remaining rules read fields that only the platform's own format has.
        break;
      }
    }
    return findings;
  }
}
