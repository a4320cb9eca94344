package dev.stowage.wasm.tool;

import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command line, parsed by its command's options. */
final class ParsedArguments {
  /** Numbers that picocli would read as options; it recognises the other negative numbers. */
  private static final Pattern NEGATIVE = Pattern.compile("-(inf|nan).*");

  /** Hides the dash of such a number from picocli. No argument of a process can hold it. */
  private static final String MARK = "\0";

  private final ToolCommand command;
  private final CommandSpec model;
  private final ParseResult result;
  private final List<String> operands;
  private final List<String> rest;

  private ParsedArguments(
      ToolCommand command, CommandSpec model, ParseResult result, List<String> rest) {
    this.command = command;
    this.model = model;
    this.result = result;
    this.operands = result.matchedPositionalValue(0, Collections.<String>emptyList());
    this.rest = rest;
  }

  /**
   * Parses the words after the command's name. Options may stand anywhere before {@code --}; what
   * follows it is {@link #rest}.
   *
   * @throws UsageException if a word does not match the command's options; {@code --help} always
   *     does
   */
  static ParsedArguments parse(ToolCommand command, CommandSpec model, List<String> words) {
    int end = end(model, words);
    List<String> before = new ArrayList<>();
    for (String word : words.subList(0, end)) {
      before.add(NEGATIVE.matcher(word).matches() ? MARK + word : word);
    }
    ParseResult result;
    try {
      CommandLine parser = new CommandLine(model).setExpandAtFiles(false);
      result = parser.parseArgs(before.toArray(new String[0]));
    } catch (ParameterException e) {
      throw new UsageException(text(command, e));
    }
    List<String> rest = words.subList(Math.min(end + 1, words.size()), words.size());
    ParsedArguments arguments = new ParsedArguments(command, model, result, rest);
    if (!result.isUsageHelpRequested()) {
      arguments.check();
    }
    return arguments;
  }

  /** Returns the index of {@code --}, unless it is the value of an option; else of the end. */
  private static int end(CommandSpec model, List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      OptionSpec option = model.findOption(words.get(i));
      if (option != null && option.arity().min() > 0) {
        i++;
      } else if (words.get(i).equals("--")) {
        return i;
      }
    }
    return words.size();
  }

  private static String text(ToolCommand command, ParameterException e) {
    if (e instanceof OverwrittenOptionException) {
      OptionSpec option = (OptionSpec) ((OverwrittenOptionException) e).getOverwritten();
      return UsageMessages.repeated(command, option.longestName());
    }
    ArgSpec argument =
        e instanceof MissingParameterException
            ? ((MissingParameterException) e).getMissing().get(0)
            : e.getArgSpec();
    return UsageMessages.optionForm(command, (OptionSpec) argument);
  }

  private void check() {
    for (String word : result.unmatched()) {
      if (word.startsWith("-")) {
        String name = word.split("=", -1)[0];
        String nearest = Suggestion.option(model, name);
        throw new UsageException(UsageMessages.unknownOption(command, name, nearest));
      }
    }
    if (!command.takes(operands.size() + result.unmatched().size())) {
      throw new UsageException(UsageMessages.usage(command));
    }
  }

  ToolCommand command() {
    return command;
  }

  boolean helpRequested() {
    return result.isUsageHelpRequested();
  }

  int count() {
    return operands.size();
  }

  String operand(int index) {
    return unmarked(operands.get(index));
  }

  /** Returns the operands from an index on. */
  List<String> operandsFrom(int index) {
    List<String> some = new ArrayList<>();
    for (int i = index; i < operands.size(); i++) {
      some.add(operand(i));
    }
    return some;
  }

  /** Returns an operand as a path. */
  Path path(int index) {
    return path(operand(index));
  }

  /** Returns what follows {@code --}. */
  List<String> rest() {
    return rest;
  }

  boolean has(String option) {
    return result.hasMatchedOption(option);
  }

  /** Returns the value of an option that was given. */
  String value(String option) {
    return unmarked(result.matchedOptionValue(option, ""));
  }

  /** Returns all values of an option that may be repeated. */
  List<String> values(String option) {
    List<String> values = new ArrayList<>();
    for (String value : result.matchedOptionValue(option, Collections.<String>emptyList())) {
      values.add(unmarked(value));
    }
    return values;
  }

  /** Returns the option's value as a path. */
  Path file(String option) {
    return path(value(option));
  }

  /** Returns the option's value as a whole number from {@code least} to {@code most}. */
  long number(String option, long least, long most) {
    try {
      BigInteger number = new BigInteger(value(option));
      if (number.compareTo(BigInteger.valueOf(least)) >= 0
          && number.compareTo(BigInteger.valueOf(most)) <= 0) {
        return number.longValue();
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    throw new UsageException(
        UsageMessages.notInRange(command, model.findOption(option), value(option), least, most));
  }

  private Path path(String text) {
    try {
      return Paths.get(text);
    } catch (InvalidPathException e) {
      throw new UsageException(UsageMessages.noPath(command, text, e.getReason()));
    }
  }

  private static String unmarked(String word) {
    return word.startsWith(MARK + "-") ? word.substring(MARK.length()) : word;
  }
}
