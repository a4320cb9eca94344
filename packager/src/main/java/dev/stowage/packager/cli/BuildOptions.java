package dev.stowage.packager.cli;

import dev.stowage.packager.Packager;
import dev.stowage.packager.message.CliMessages;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the verbs that work on built libraries. */
final class BuildOptions {
  @Mixin private ProjectOptions project;

  @Option(
      names = "--project-version",
      paramLabel = "VERSION",
      required = true,
      description = CliMessages.OPTION_VERSION)
  private String version;

  @Option(
      names = "--targets",
      paramLabel = "TARGET",
      split = ",",
      description = CliMessages.OPTION_TARGETS)
  private List<String> targets = List.of();

  Packager packager(boolean offline) {
    return project.packager(version, targets, offline);
  }
}
