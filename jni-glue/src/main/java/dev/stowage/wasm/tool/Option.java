package dev.stowage.wasm.tool;

/** A switch or a setting of a command, as data for parser, help and completion. */
final class Option {
  /** With both dashes. */
  final String name;

  /** What the help calls its value; null for a switch. */
  final String value;

  /** Its line in the help. */
  final String summary;

  /** Whether it may be given more than once. */
  final boolean repeats;

  private Option(String name, String value, boolean repeats, String summary) {
    this.name = name;
    this.value = value;
    this.repeats = repeats;
    this.summary = summary;
  }

  static Option flag(String name, String summary) {
    return new Option(name, null, false, summary);
  }

  static Option setting(String name, String value, String summary) {
    return new Option(name, value, false, summary);
  }

  static Option list(String name, String value, String summary) {
    return new Option(name, value, true, summary);
  }

  /** As the help shows it. */
  String form() {
    return value == null ? name : name + " " + value;
  }

  /** Whether its value is the path of a file. */
  boolean takesFile() {
    return "FILE".equals(value);
  }
}
