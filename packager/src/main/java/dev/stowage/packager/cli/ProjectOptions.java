package dev.stowage.packager.cli;

import dev.stowage.packager.Packager;
import dev.stowage.packager.message.OptionStyle;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every command on a project. */
final class ProjectOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--project",
      paramLabel = "FILE",
      defaultValue = "stowage.toml",
      description = CliMessages.OPTION_PROJECT)
  private Path project;

  @Option(names = "--output", paramLabel = "DIR", description = CliMessages.OPTION_OUTPUT)
  private Path output;

  @Option(names = "--classes", paramLabel = "DIR", description = CliMessages.OPTION_CLASSES)
  private Path classes;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = CliMessages.OPTION_HELP)
  boolean help;

  Path projectFile() {
    return project.toAbsolutePath().normalize();
  }

  Packager packager(String version, List<String> targets, boolean offline) {
    Path target = projectFile().resolveSibling("target");
    return new Packager(
        new Packager.Settings(
            projectFile(),
            version,
            output == null ? target.resolve("stowage") : output,
            classes == null ? target.resolve("classes") : classes,
            targets,
            offline,
            System.getenv(),
            CommandOutput.console(spec),
            OptionStyle.COMMAND_LINE));
  }
}
