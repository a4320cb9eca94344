package dev.stowage.wasm.tool;

import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A command line, taken apart as its command says. */
final class Arguments {
  /** Begins like an option and is none: a number for a function. */
  private static final Pattern NEGATIVE = Pattern.compile("-(\\.?[0-9]|inf|nan).*");

  private final Command command;
  private final List<String> operands = new ArrayList<>();
  private final List<String> rest = new ArrayList<>();
  private final Map<Option, List<String>> values = new HashMap<>();

  private Arguments(Command command) {
    this.command = command;
  }

  /**
   * Options may stand anywhere before {@code --}; what follows it is {@link #rest}.
   *
   * @throws UsageException if it does not fit the command; {@code --help} always does
   */
  static Arguments parse(Command command, List<String> words) {
    Arguments arguments = new Arguments(command);
    Iterator<String> left = words.iterator();
    while (left.hasNext()) {
      String word = left.next();
      if (word.equals("--")) {
        left.forEachRemaining(arguments.rest::add);
      } else if (word.length() > 1 && word.startsWith("-") && !NEGATIVE.matcher(word).matches()) {
        arguments.option(word.equals("-h") ? Options.HELP.name : word, left);
      } else {
        arguments.operands.add(word);
      }
    }
    if (!arguments.has(Options.HELP) && !command.takes(arguments.operands.size())) {
      throw new UsageException(UsageMessages.usage(command));
    }
    return arguments;
  }

  private void option(String word, Iterator<String> left) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    Option option = command.option(name);
    if (option == null) {
      String nearest = Nearest.of(name, Commands.names(command.options));
      throw new UsageException(UsageMessages.unknownOption(command, name, nearest));
    }
    if (values.containsKey(option) && !option.repeats) {
      throw new UsageException(UsageMessages.repeated(command, name));
    }
    if (option.value == null ? equals >= 0 : equals < 0 && !left.hasNext()) {
      throw new UsageException(UsageMessages.optionForm(command, option));
    }
    String value =
        option.value == null ? "" : equals >= 0 ? word.substring(equals + 1) : left.next();
    values.computeIfAbsent(option, unused -> new ArrayList<>()).add(value);
  }

  Command command() {
    return command;
  }

  int count() {
    return operands.size();
  }

  String operand(int index) {
    return operands.get(index);
  }

  /** Operands from that one on. */
  List<String> operandsFrom(int index) {
    return operands.subList(index, operands.size());
  }

  /** The operand as a path. */
  Path path(int index) {
    return path(operand(index));
  }

  /** What follows {@code --}. */
  List<String> rest() {
    return rest;
  }

  boolean has(Option option) {
    return values.containsKey(option);
  }

  /** The value of an option that is there. */
  String value(Option option) {
    return values.get(option).get(0);
  }

  /** All values of an option that may be repeated. */
  List<String> values(Option option) {
    return values.getOrDefault(option, new ArrayList<>());
  }

  /** The option's value as a path. */
  Path file(Option option) {
    return path(value(option));
  }

  /** The option's value as a whole number from {@code least} to {@code most}. */
  long number(Option option, long least, long most) {
    try {
      BigInteger number = new BigInteger(value(option));
      if (number.compareTo(BigInteger.valueOf(least)) >= 0
          && number.compareTo(BigInteger.valueOf(most)) <= 0) {
        return number.longValue();
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException(UsageMessages.notInRange(command, option, value(option), least, most));
  }

  private Path path(String text) {
    try {
      return Paths.get(text);
    } catch (InvalidPathException e) {
      throw new UsageException(UsageMessages.noPath(command, text, e.getReason()));
    }
  }
}
