package dev.stowage.wasm.tool;

import picocli.CommandLine.Model.OptionSpec;

/** The texts for a command line that does not fit. */
final class UsageMessages {
  private UsageMessages() {}

  static String noPath(ToolCommand command, String found, String reason) {
    return ToolMessages.error("'" + found + "' is not a path: " + ToolMessages.lower(reason))
        + seeHelp(command);
  }

  /** {@code nearest} may be null. */
  static String unknownCommand(String found, String nearest) {
    String guess = nearest == null ? "" : "; did you mean '" + nearest + "'?";
    return ToolMessages.error("unknown command '" + found + "'" + guess) + seeHelp();
  }

  static String usage(ToolCommand command) {
    return ToolMessages.error("usage: " + command.form()) + seeHelp(command);
  }

  static String usage(String form) {
    return ToolMessages.error("usage: " + form) + seeHelp();
  }

  /** {@code nearest} may be null. */
  static String unknownOption(ToolCommand command, String found, String nearest) {
    String guess = nearest == null ? "" : "; did you mean '" + nearest + "'?";
    return ToolMessages.error(command + " has no option '" + found + "'" + guess)
        + seeHelp(command);
  }

  static String repeated(ToolCommand command, String option) {
    return ToolMessages.error(option + " may be given once only") + seeHelp(command);
  }

  static String optionForm(ToolCommand command, OptionSpec option) {
    return ToolMessages.error("usage: " + command + " " + HelpText.form(option)) + seeHelp(command);
  }

  static String notInRange(
      ToolCommand command, OptionSpec option, String found, long least, long most) {
    String range = "a whole number from " + least + " to " + most;
    return ToolMessages.error(HelpText.form(option) + " is " + range + ", found '" + found + "'")
        + seeHelp(command);
  }

  static String noProxy(ToolCommand command) {
    // Without its value, which may hold a password.
    return ToolMessages.error("the value of --proxy is not a URL") + seeHelp(command);
  }

  static String credentials(ToolCommand command) {
    return ToolMessages.error(
            "use --username and --password-stdin together, and without --anonymous")
        + seeHelp(command);
  }

  static String passwordEncoding(ToolCommand command) {
    return ToolMessages.error("the password on standard input is not UTF-8") + seeHelp(command);
  }

  /** {@code text} is the library's. */
  static String badArgument(ToolCommand command, String text) {
    return ToolMessages.error(text) + seeHelp(command);
  }

  static String wrongCount(ToolCommand command, String export, String type, int found) {
    return ToolMessages.error(
            "'" + export + "' is " + type + ", found " + ToolMessages.count(found, "argument"))
        + seeHelp(command);
  }

  static String noVariable(ToolCommand command, String found) {
    return ToolMessages.error("--env needs NAME=VALUE, found '" + found + "'") + seeHelp(command);
  }

  static String jsonOfAProgram(ToolCommand command) {
    return ToolMessages.error(
            "--json prints the result of EXPORT as JSON; it has no effect on the output of a program, so leave it out")
        + seeHelp(command);
  }

  private static String seeHelp() {
    return "\n  --help lists the commands";
  }

  private static String seeHelp(ToolCommand command) {
    return "\n  " + command + " --help lists the options";
  }
}
