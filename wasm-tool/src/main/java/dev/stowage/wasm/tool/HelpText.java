package dev.stowage.wasm.tool;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The help. That of the tool needs no model. That of a command is made from picocli's model, but
 * without its renderer, whose classes would need a third of the time.
 */
final class HelpText {
  /** Room for names and operands; 80 columns in all. */
  private static final int WIDTH = 27;

  private HelpText() {}

  /** Returns the help of the tool. */
  static String ofTool() {
    StringBuilder text = new StringBuilder(CommandModel.TOOL);
    text.append(": pull, check and run WebAssembly modules\n\n");
    for (ToolCommand command : ToolCommand.values()) {
      entry(text, command.form(), command.summary);
    }
    entry(text, ToolOptions.VERSION, "the version of this JAR");
    entry(text, "[COMMAND] " + ToolOptions.HELP, "this text, or the options of a command");
    text.append('\n').append(CommandModel.REFERENCE).append('\n');
    return text.append("Exit codes: 0 done, 1 failed, 2 wrong usage; of a program, its own.\n")
        .toString();
  }

  /** Returns the help of one command. */
  static String of(ToolCommand command, CommandSpec model) {
    StringBuilder text = new StringBuilder("usage: ").append(CommandModel.TOOL);
    text.append(' ').append(command).append(" [OPTIONS]");
    text.append(command.operands.isEmpty() ? "" : " ").append(command.operands);
    text.append("\n\n").append(command.summary).append("\n\n");
    for (OptionSpec option : model.options()) {
      entry(text, form(option), option.description()[0]);
    }
    String separator = "\n";
    for (String note : model.usageMessage().footer()) {
      text.append(separator).append(note).append('\n');
      separator = "";
    }
    return text.toString();
  }

  /** Returns an option with its value. */
  static String form(OptionSpec option) {
    boolean flag = option.arity().max() == 0;
    return option.longestName() + (flag ? "" : " " + option.paramLabel());
  }

  private static void entry(StringBuilder text, String form, String summary) {
    text.append("  ").append(form);
    for (int i = form.length(); i < WIDTH; i++) {
      text.append(' ');
    }
    text.append(' ').append(summary).append('\n');
  }
}
