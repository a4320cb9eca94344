package dev.stowage.wasm.tool;

/** Everything the tool says about a command line it cannot understand. */
final class UsageMessages {
  private UsageMessages() {}

  static String noPath(Command command, String found, String reason) {
    return Messages.error("'" + found + "' is not a path: " + Messages.lower(reason))
        + seeHelp(command);
  }

  /** {@code nearest} is null where nothing is near. */
  static String unknownCommand(String found, String nearest) {
    String guess = nearest == null ? "" : "; did you mean '" + nearest + "'?";
    return Messages.error("unknown command '" + found + "'" + guess) + seeHelp();
  }

  static String usage(Command command) {
    return Messages.error("usage: " + command.form()) + seeHelp(command);
  }

  static String usage(String form) {
    return Messages.error("usage: " + form) + seeHelp();
  }

  /** {@code nearest} is null where nothing is near. */
  static String unknownOption(Command command, String found, String nearest) {
    String guess = nearest == null ? "" : "; did you mean '" + nearest + "'?";
    return Messages.error(command.name + " has no option '" + found + "'" + guess)
        + seeHelp(command);
  }

  static String repeated(Command command, String option) {
    return Messages.error(option + " may be given once only") + seeHelp(command);
  }

  static String optionForm(Command command, Option option) {
    return Messages.error("usage: " + command.name + " " + option.form()) + seeHelp(command);
  }

  static String notInRange(Command command, Option option, String found, long least, long most) {
    String range = "a whole number from " + least + " to " + most;
    return Messages.error(option.form() + " is " + range + ", found '" + found + "'")
        + seeHelp(command);
  }

  static String noProxy(Command command) {
    // Not its value: there may be a password in it.
    return Messages.error("the value of --proxy is no URL") + seeHelp(command);
  }

  static String credentials(Command command) {
    return Messages.error("--username and --password-stdin go together, and not with --anonymous")
        + seeHelp(command);
  }

  static String passwordEncoding(Command command) {
    return Messages.error("the password on standard input is not UTF-8") + seeHelp(command);
  }

  /** {@code text} is the library's, about a number. */
  static String badArgument(Command command, String text) {
    return Messages.error(text) + seeHelp(command);
  }

  static String wrongCount(Command command, String export, String type, int found) {
    return Messages.error(
            "'" + export + "' is " + type + ", found " + Messages.count(found, "argument"))
        + seeHelp(command);
  }

  static String noVariable(Command command, String found) {
    return Messages.error("--env takes NAME=VALUE, found '" + found + "'") + seeHelp(command);
  }

  static String jsonOfAProgram(Command command) {
    return Messages.error("--json is for the result of EXPORT; what a program prints is its own")
        + seeHelp(command);
  }

  private static String seeHelp() {
    return "\n  --help lists the commands";
  }

  private static String seeHelp(Command command) {
    return "\n  " + command.name + " --help says more";
  }
}
