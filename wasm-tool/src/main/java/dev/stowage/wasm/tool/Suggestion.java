package dev.stowage.wasm.tool;

import java.util.Collections;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Finds the name that a mistyped word probably means. The rules are picocli's: an option needs the
 * same two letters at its beginning, a command needs some pair of letters in common.
 */
final class Suggestion {
  private static final String VERSION = "version";

  private Suggestion() {}

  /** Returns a command, or an option of the tool itself; null if none is similar. */
  static String firstWord(String word) {
    CommandSpec tool = CommandModel.ofTool();
    // A command in other tools, so it is suggested for the option.
    tool.addSubcommand(VERSION, CommandSpec.wrapWithoutInspection(null));
    String similar = first(tool, word);
    return VERSION.equals(similar) ? ToolOptions.VERSION : similar;
  }

  /** Returns an option of a command; null if none is similar. */
  static String option(CommandSpec model, String word) {
    return first(model, word);
  }

  private static String first(CommandSpec model, String word) {
    List<String> similar =
        new UnmatchedArgumentException(new CommandLine(model), Collections.singletonList(word))
            .getSuggestions();
    return similar.isEmpty() ? null : similar.get(0);
  }
}
