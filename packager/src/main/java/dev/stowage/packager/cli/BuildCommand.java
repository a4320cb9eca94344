package dev.stowage.packager.cli;

import dev.stowage.packager.compile.CompiledLibrary;
import dev.stowage.packager.message.CliMessages;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verb {@code build}. */
@Command(name = "build", description = CliMessages.BUILD, sortOptions = false)
final class BuildCommand implements Callable<Integer> {
  /** The JSON of a build. */
  record Report(int format, List<CompiledLibrary> libraries) {}

  @Spec private CommandSpec spec;
  @Mixin private BuildOptions options;

  @Option(names = "--offline", description = CliMessages.OPTION_OFFLINE)
  private boolean offline;

  @Option(names = "--json", description = CliMessages.OPTION_JSON)
  private boolean json;

  @Override
  public Integer call() {
    List<CompiledLibrary> built = options.packager(offline).build();
    if (json) {
      Output.json(spec, new Report(1, built));
    }
    return 0;
  }
}
