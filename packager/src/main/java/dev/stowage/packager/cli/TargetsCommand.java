package dev.stowage.packager.cli;

import dev.stowage.packager.doctor.TargetTable;
import dev.stowage.packager.message.CliMessages;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verb {@code targets}. */
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
      Output.json(spec, table);
    } else {
      Output.lines(spec, table.lines());
    }
    return 0;
  }
}
