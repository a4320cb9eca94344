package dev.stowage.wasm.tool;

import java.util.Locale;

/** The commands with their lines in the tool's help; {@link CommandModel} adds the rest. */
enum ToolCommand {
  DOCTOR("", "explain how native code is found, load nothing"),
  DESCRIBE("FILE", "validate a module, list what it needs and offers"),
  RUN("FILE [EXPORT [ARGS...]]", "call an exported function, or run a program"),
  PULL("REF FILE", "pull a module into a file"),
  PUSH("FILE REF", "push a module, in the CNCF's layout"),
  TAGS("REPOSITORY", "list a repository's tags"),
  RESOLVE("REF", "show what a reference points to"),
  COPY("FROM TO", "copy between registries and layouts, unchanged"),
  DEMO("", "push, pull, check and run a module, then clean up"),
  COMPLETION("bash|zsh", "print a completion script for that shell");

  /** Names of its operands; optional ones are in brackets. */
  final String operands;

  /** Its line in the help. */
  final String summary;

  ToolCommand(String operands, String summary) {
    this.operands = operands;
    this.summary = summary;
  }

  /** Returns the command of that name, or null. */
  static ToolCommand named(String name) {
    for (ToolCommand command : values()) {
      if (command.toString().equals(name)) {
        return command;
      }
    }
    return null;
  }

  /** Returns the form of its command line. */
  String form() {
    return operands.isEmpty() ? toString() : this + " " + operands;
  }

  /** Whether that number of operands is allowed. */
  boolean takes(int count) {
    int least = 0;
    int most = 0;
    for (String operand : operands.isEmpty() ? new String[0] : operands.split(" ", -1)) {
      least += operand.startsWith("[") ? 0 : 1;
      most = operand.contains("...") ? Integer.MAX_VALUE : most + 1;
    }
    return count >= least && count <= most;
  }

  /** Returns its name. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
