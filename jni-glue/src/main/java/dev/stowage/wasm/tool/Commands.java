package dev.stowage.wasm.tool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Every command of the tool: parser, help and completion are made from this table. */
final class Commands {
  private static final String FORMS =
      "host[:port]/repository[:tag][@sha256:...] or oci:DIRECTORY:TAG.\n";

  static final String REFERENCE = "REF is " + FORMS;

  static final List<Command> ALL =
      Collections.unmodifiableList(
          Arrays.asList(
              new Command(
                  "doctor",
                  "",
                  "explain how native code is found, load nothing",
                  "",
                  DoctorCommand::run,
                  Options.JSON),
              new Command(
                  "describe",
                  "FILE",
                  "validate a module, say what it needs and offers",
                  "",
                  DescribeCommand::run,
                  Options.JSON),
              new Command(
                  "run",
                  "FILE [EXPORT [ARGS...]]",
                  "call an exported function, or run a program",
                  "ARGS are numbers of the types of EXPORT: 42, -7, 0xff, 1.5, inf, nan. The import\n"
                      + "host.call of type (i64) -> (i64) prints and returns its argument.\n"
                      + "Without EXPORT, FILE is a WASI program: what follows -- are its arguments, and\n"
                      + "its exit code is the tool's. It sees no files and no network.\n",
                  RunCommand::run,
                  Options.FUEL,
                  Options.TIMEOUT,
                  Options.ENV,
                  Options.STDIN,
                  Options.JSON),
              new Command(
                  "pull",
                  "REF FILE",
                  "pull a module into a file",
                  REFERENCE,
                  Transfers::pull,
                  Options.registry(Options.PLATFORM, Options.MAX_BYTES)),
              new Command(
                  "push",
                  "FILE REF",
                  "push a module, in the CNCF's layout",
                  REFERENCE,
                  Transfers::push,
                  Options.registry(Options.MAX_BYTES)),
              new Command(
                  "tags",
                  "REPOSITORY",
                  "list a repository's tags",
                  "REPOSITORY is host[:port]/repository or oci:DIRECTORY.\n",
                  Transfers::tags,
                  Options.registry()),
              new Command(
                  "resolve",
                  "REF",
                  "say what a reference stands for",
                  REFERENCE,
                  Transfers::resolve,
                  Options.registry(Options.PLATFORM)),
              new Command(
                  "copy",
                  "FROM TO",
                  "copy between registries and layouts, unchanged",
                  "FROM and TO are "
                      + FORMS
                      + "Without --platform an index goes with all its manifests.\n",
                  Transfers::copy,
                  Options.registry(Options.PLATFORM, Options.MAX_BYTES)),
              new Command(
                  "demo",
                  "",
                  "push, pull, check and run a module, then clean up",
                  "",
                  (arguments, output) -> new Demo(output).run()),
              new Command(
                  "completion",
                  "bash|zsh",
                  "print a completion script for that shell",
                  "It completes 'stowage-wasm'; make that an alias of java -jar and this JAR.\n",
                  Completion::run)));

  private Commands() {}

  /** The command of that name, or null. */
  static Command named(String name) {
    for (Command command : ALL) {
      if (command.name.equals(name)) {
        return command;
      }
    }
    return null;
  }

  /** What a first word can be. */
  static List<String> firstWords() {
    List<String> names = new ArrayList<>();
    for (Command command : ALL) {
      names.add(command.name);
    }
    names.add(Options.HELP.name);
    names.add(Main.VERSION);
    return names;
  }

  static List<String> names(List<Option> options) {
    List<String> names = new ArrayList<>();
    for (Option option : options) {
      names.add(option.name);
    }
    return names;
  }
}
