package dev.stowage.wasm.tool;

import java.io.IOException;
import java.util.List;

/** A command, as data for parser, help and completion. */
final class Command {
  /** What a command does with its arguments. */
  interface Action {
    /** Returns the exit code. */
    int run(Arguments arguments, Output output) throws IOException;
  }

  final String name;

  /** Names of its operands, like {@code FILE [EXPORT [ARGS...]]}. */
  final String operands;

  /** Its line in the list of commands. */
  final String summary;

  /** Further lines for its own help, each ended; may be empty. */
  final String notes;

  final List<Option> options;
  final Action action;

  Command(
      String name,
      String operands,
      String summary,
      String notes,
      Action action,
      Option... options) {
    this.name = name;
    this.operands = operands;
    this.summary = summary;
    this.notes = notes;
    this.options = Options.withHelp(options);
    this.action = action;
  }

  /** Whether it may have that many operands. */
  boolean takes(int count) {
    int least = 0;
    int most = 0;
    for (String operand : operands.isEmpty() ? new String[0] : operands.split(" ", -1)) {
      least += operand.startsWith("[") ? 0 : 1;
      most = operand.contains("...") ? Integer.MAX_VALUE : most + 1;
    }
    return count >= least && count <= most;
  }

  /** The option of that name, or null. */
  Option option(String name) {
    for (Option option : options) {
      if (option.name.equals(name)) {
        return option;
      }
    }
    return null;
  }

  /** How it is written. */
  String form() {
    return name + (operands.isEmpty() ? "" : " " + operands);
  }
}
