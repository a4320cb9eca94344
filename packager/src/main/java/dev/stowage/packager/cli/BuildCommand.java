package dev.stowage.packager.cli;

import dev.stowage.packager.compile.CompiledLibrary;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code build}. */
@Command(name = "build", description = CliMessages.BUILD, sortOptions = false)
final class BuildCommand implements Callable<Integer> {
  /** The JSON report of a build. */
  record BuildReport(int format, List<CompiledLibrary> libraries) {}

  @Spec private CommandSpec spec;
  @Mixin private LibraryOptions options;

  @Option(names = "--offline", description = CliMessages.OPTION_OFFLINE)
  private boolean offline;

  @Option(names = "--json", description = CliMessages.OPTION_JSON)
  private boolean json;

  @Override
  public Integer call() {
    List<CompiledLibrary> built = options.packager(offline).build();
    if (json) {
      CommandOutput.json(spec, new BuildReport(1, built));
    }
    return 0;
  }
}
