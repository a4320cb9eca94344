package dev.stowage.packager.cli;

import dev.stowage.packager.doctor.TargetTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code targets}. */
@Command(name = "targets", description = CliMessages.TARGETS, sortOptions = false)
final class TargetsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = CliMessages.OPTION_JSON)
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = CliMessages.OPTION_HELP)
  boolean help;

  @Override
  public Integer call() {
    TargetTable table = TargetTable.read();
    if (json) {
      CommandOutput.json(spec, table);
    } else {
      CommandOutput.lines(spec, table.lines());
    }
    return 0;
  }
}
