package dev.stowage.packager.cli;

import dev.stowage.packager.doctor.BuildDoctor;
import dev.stowage.packager.message.PackagerException.Kind;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code doctor}. */
@Command(name = "doctor", description = CliMessages.DOCTOR, sortOptions = false)
final class BuildDoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProjectOptions project;

  @Option(
      names = "--targets",
      paramLabel = "TARGET",
      split = ",",
      description = CliMessages.OPTION_DOCTOR_TARGETS)
  private List<String> targets = List.of();

  @Option(names = "--json", description = CliMessages.OPTION_JSON)
  private boolean json;

  @Override
  public Integer call() {
    BuildDoctor doctor = project.packager("", targets, true).doctor();
    if (json) {
      CommandOutput.json(spec, doctor);
    } else {
      CommandOutput.lines(spec, doctor.lines());
    }
    return doctor.ok() ? 0 : Kind.ENVIRONMENT.exitCode();
  }
}
