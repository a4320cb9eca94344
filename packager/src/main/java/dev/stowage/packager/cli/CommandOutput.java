package dev.stowage.packager.cli;

import dev.stowage.packager.message.Console;
import dev.stowage.packager.record.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes reports to standard output, and steps and warnings to standard error. */
final class CommandOutput {
  private CommandOutput() {}

  static void json(CommandSpec spec, Object report) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(new String(Json.indented(report), StandardCharsets.UTF_8));
    out.flush();
  }

  static void lines(CommandSpec spec, List<String> lines) {
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach(out::println);
    out.flush();
  }

  /** Writes steps and warnings to standard error, so that JSON can be piped. */
  static Console console(CommandSpec spec) {
    PrintWriter err = spec.commandLine().getErr();
    CommandLine.Help.Ansi ansi = CommandLine.Help.Ansi.AUTO;
    return new Console() {
      @Override
      public void step(String line) {
        err.println(line);
        err.flush();
      }

      @Override
      public void warn(String line) {
        String text = CliMessages.warning(line);
        err.println(ansi.enabled() ? "\u001b[33m" + text + "\u001b[0m" : text);
        err.flush();
      }
    };
  }
}
