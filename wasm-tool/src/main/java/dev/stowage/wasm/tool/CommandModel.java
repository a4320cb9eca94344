package dev.stowage.wasm.tool;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The commands as picocli's model, from which parser, help and completion are made. It is built in
 * code, for the one command that runs: annotations, or all commands, would lengthen every start.
 */
final class CommandModel {
  /** The code of a command; the user object of its model. */
  interface Action {
    /** Returns the exit code. */
    int run(ParsedArguments arguments, ToolOutput output) throws IOException;
  }

  static final String TOOL = "stowage-wasm";

  private static final String FORMS =
      "host[:port]/repository[:tag][@sha256:...] or oci:DIRECTORY:TAG.";

  static final String REFERENCE = "REF is " + FORMS;

  private CommandModel() {}

  /** Returns the whole tool, with every command below it. */
  static CommandSpec ofTool() {
    CommandSpec tool =
        CommandSpec.wrapWithoutInspection(null)
            .name(TOOL)
            .addOption(ToolOptions.version())
            .addOption(ToolOptions.help());
    for (ToolCommand command : ToolCommand.values()) {
      tool.addSubcommand(command.toString(), of(command));
    }
    return tool;
  }

  /** Returns one command. */
  static CommandSpec of(ToolCommand command) {
    switch (command) {
      case DOCTOR:
        return model(command, LoaderDoctorCommand::run, json());
      case DESCRIBE:
        return model(command, DescribeCommand::run, json());
      case RUN:
        return model(
            command,
            RunCommand::run,
            ToolOptions.run(),
            "ARGS are numbers of the types of EXPORT: 42, -7, 0xff, 1.5, inf, nan. The import",
            "host.call of type (i64) -> (i64) prints and returns its argument.",
            "Without EXPORT, FILE is a WASI program: what follows -- are its arguments, and",
            "its exit code is the tool's. It sees no files and no network.");
      case DEMO:
        return model(command, (arguments, output) -> new DemoCommand(output).run(), none());
      case COMPLETION:
        return model(
            command,
            CompletionCommand::run,
            none(),
            "It completes 'stowage-wasm'; make that an alias of java -jar and this JAR.");
      default:
        return ofTransfer(command);
    }
  }

  private static CommandSpec ofTransfer(ToolCommand command) {
    switch (command) {
      case PULL:
        return model(
            command,
            TransferCommands::pull,
            ToolOptions.registry(ToolOptions.platform(), ToolOptions.maxBytes()),
            REFERENCE);
      case PUSH:
        return model(
            command,
            TransferCommands::push,
            ToolOptions.registry(ToolOptions.maxBytes()),
            REFERENCE);
      case TAGS:
        return model(
            command,
            TransferCommands::tags,
            ToolOptions.registry(),
            "REPOSITORY is host[:port]/repository or oci:DIRECTORY.");
      case RESOLVE:
        return model(
            command,
            TransferCommands::resolve,
            ToolOptions.registry(ToolOptions.platform()),
            REFERENCE);
      case COPY:
        return model(
            command,
            TransferCommands::copy,
            ToolOptions.registry(ToolOptions.platform(), ToolOptions.maxBytes()),
            "FROM and TO are " + FORMS,
            "Without --platform an index goes with all its manifests.");
      default:
        throw new IllegalArgumentException(command.toString());
    }
  }

  /** Returns the model; {@code notes} are the last lines of the command's help. */
  private static CommandSpec model(
      ToolCommand command, Action action, List<OptionSpec> options, String... notes) {
    CommandSpec model = CommandSpec.wrapWithoutInspection(action).name(command.toString());
    for (OptionSpec option : options) {
      model.addOption(option);
    }
    model.addOption(ToolOptions.help());
    if (!command.operands.isEmpty()) {
      model.addPositional(operands(command.operands));
    }
    model.usageMessage().footer(notes);
    model
        .parser()
        .allowOptionsAsOptionParameters(true)
        .posixClusteredShortOptionsAllowed(false)
        .unmatchedArgumentsAllowed(true);
    return model;
  }

  /**
   * Returns one list for all operands; their number is checked when the other arguments are right.
   * The type makes the completion offer files, the converter leaves the values text.
   */
  private static PositionalParamSpec operands(String label) {
    PositionalParamSpec.Builder operands =
        PositionalParamSpec.builder()
            .paramLabel(label)
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(File.class)
            .converters(ToolOptions.TEXT);
    if (label.contains("|")) {
      operands.completionCandidates(Arrays.asList(label.split("\\|", -1)));
    }
    return operands.build();
  }

  private static List<OptionSpec> json() {
    return Collections.singletonList(ToolOptions.json());
  }

  private static List<OptionSpec> none() {
    return Collections.emptyList();
  }
}
