package dev.stowage.packager.cli;

import dev.stowage.packager.Packager;
import java.util.List;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command on the libraries of a project. */
final class LibraryOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ProjectOptions project;

  /** Not required in the sense of picocli: {@code verify} does not need it for given files. */
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

  Packager packager(boolean offline) {
    if (version == null) {
      throw new MissingParameterException(
          spec.commandLine(),
          spec.optionsMap().get("--project-version"),
          CliMessages.missingVersion());
    }
    return project.packager(version, targets, offline);
  }
}
