package dev.stowage.packager.cli;

import dev.stowage.packager.verify.Severity;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option that sets the severity of rules. */
final class RuleOptions {
  @Option(names = "--rule", paramLabel = "RULE=SEVERITY", description = CliMessages.OPTION_RULE)
  private Map<String, String> rules = Map.of();

  Map<String, Severity> severities() {
    Map<String, Severity> severities = new LinkedHashMap<>();
    rules.forEach((rule, severity) -> severities.put(rule, Severity.of(severity)));
    return severities;
  }
}
