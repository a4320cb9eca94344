package dev.stowage.wasm.tool;

import picocli.AutoComplete;
import picocli.CommandLine;

/** Prints a completion script. picocli writes one script for bash and zsh. */
final class CompletionCommand {
  private CompletionCommand() {}

  static int run(ParsedArguments arguments, ToolOutput output) {
    switch (arguments.operand(0)) {
      case "bash":
      case "zsh":
        output.out.print(
            AutoComplete.bash(CommandModel.TOOL, new CommandLine(CommandModel.ofTool())));
        return ToolMain.OK;
      default:
        throw new UsageException(UsageMessages.usage(arguments.command()));
    }
  }
}
