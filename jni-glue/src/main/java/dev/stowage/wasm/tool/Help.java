package dev.stowage.wasm.tool;

/** The help, made from the table of commands. */
final class Help {
  private static final int WIDTH = 27;

  private Help() {}

  static String all() {
    StringBuilder text =
        new StringBuilder("stowage-wasm: pull, check and run WebAssembly modules\n\n");
    for (Command command : Commands.ALL) {
      row(text, command.form(), command.summary);
    }
    row(text, Main.VERSION, "the version of this JAR");
    row(text, "[COMMAND] --help", "this text, or all about a command");
    text.append('\n').append(Commands.REFERENCE);
    return text.append("Exit codes: 0 done, 1 failed, 2 wrong usage; of a program, its own.\n")
        .toString();
  }

  static String of(Command command) {
    StringBuilder text = new StringBuilder("usage: stowage-wasm ");
    text.append(command.name).append(" [OPTIONS]");
    text.append(command.operands.isEmpty() ? "" : " ").append(command.operands);
    text.append("\n\n").append(command.summary).append("\n\n");
    for (Option option : command.options) {
      row(text, option.form(), option.summary);
    }
    return text.append(command.notes.isEmpty() ? "" : "\n").append(command.notes).toString();
  }

  private static void row(StringBuilder text, String form, String summary) {
    text.append("  ").append(form);
    for (int i = form.length(); i < WIDTH; i++) {
      text.append(' ');
    }
    text.append(' ').append(summary).append('\n');
  }
}
