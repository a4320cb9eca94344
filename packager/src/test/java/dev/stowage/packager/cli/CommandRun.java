package dev.stowage.packager.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The result of a run of the command line.
 *
 * @param exit its exit code
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int exit, String out, String err) {
  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = PackagerMain.commandLine();
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exit = line.execute(arguments);
    return new CommandRun(exit, out.toString(), err.toString());
  }
}
