package dev.stowage.packager.cli;

import dev.stowage.packager.Packager;
import dev.stowage.packager.message.CliMessages;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.verify.Severity;
import dev.stowage.packager.verify.VerifyReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What {@code verify} judges: a project, as {@link BuildOptions} has it, or libraries of others.
 */
final class VerifyOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ProjectOptions project;

  @Option(
      names = "--project-version",
      paramLabel = "VERSION",
      description = CliMessages.OPTION_VERSION)
  private String version;

  @Option(
      names = "--targets",
      paramLabel = "TARGET",
      split = ",",
      description = CliMessages.OPTION_TARGETS)
  private List<String> targets = List.of();

  @Parameters(paramLabel = "FILE", arity = "0..*", description = CliMessages.VERIFY_FILES)
  private List<Path> files = List.of();

  List<VerifyReport> verify(Map<String, Severity> severities) {
    if (!files.isEmpty()) {
      return Packager.verifyThirdParty(
          files, severities, OptionStyle.COMMAND_LINE, Output.console(spec));
    }
    if (version == null) {
      throw new MissingParameterException(
          spec.commandLine(),
          spec.optionsMap().get("--project-version"),
          CliMessages.missingVersion());
    }
    return project.packager(version, targets, true).verify(severities);
  }
}
