package dev.stowage.packager.cli;

import dev.stowage.packager.verify.VerifyReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code verify}. */
@Command(name = "verify", description = CliMessages.VERIFY, sortOptions = false)
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private VerifyOptions options;

  @Mixin private RuleOptions rules;

  @Option(names = "--json", description = CliMessages.OPTION_JSON)
  private boolean json;

  @Override
  public Integer call() {
    List<VerifyReport> reports = options.verify(rules.severities());
    if (json) {
      CommandOutput.json(spec, reports);
    }
    VerifyReport.requirePassed(reports);
    return 0;
  }
}
