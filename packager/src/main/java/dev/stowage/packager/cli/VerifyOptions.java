package dev.stowage.packager.cli;

import dev.stowage.packager.Packager;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.verify.Severity;
import dev.stowage.packager.verify.VerifyReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The libraries to check: those of a project, or third-party ones. */
final class VerifyOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private LibraryOptions project;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = CliMessages.VERIFY_FILES)
  private List<Path> files = List.of();

  List<VerifyReport> verify(Map<String, Severity> severities) {
    return files.isEmpty()
        ? project.packager(true).verify(severities)
        : Packager.verifyThirdParty(
            files, severities, OptionStyle.COMMAND_LINE, CommandOutput.console(spec));
  }
}
