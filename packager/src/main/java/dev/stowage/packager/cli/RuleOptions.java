package dev.stowage.packager.cli;

import dev.stowage.packager.Packager;
import dev.stowage.packager.message.CliMessages;
import dev.stowage.packager.verify.Mode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What broken rules do. */
final class RuleOptions {
  @Option(names = "--rule", paramLabel = "RULE=MODE", description = CliMessages.OPTION_RULE)
  private Map<String, String> rules = Map.of();

  Map<String, Mode> modes() {
    Map<String, Mode> modes = new LinkedHashMap<>();
    rules.forEach((rule, mode) -> modes.put(rule, Packager.mode(mode)));
    return modes;
  }
}
