package dev.stowage.wasm.tool;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where a command reads and writes. Results go to standard output, as lines for people or as one
 * JSON document; errors and the progress bar go to standard error.
 */
final class ToolOutput {
  final InputStream in;
  final PrintStream out;
  final PrintStream err;

  /** Whether standard error is a terminal. */
  final boolean terminal;

  private boolean json;

  ToolOutput(InputStream in, PrintStream out, PrintStream err, boolean terminal) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** Prints a document instead of lines from now on. */
  void useJson() {
    json = true;
  }

  boolean json() {
    return json;
  }

  /** Prints a line for people. */
  void say(String action, String subject) {
    if (!json) {
      out.println(ToolMessages.line(action, subject));
    }
  }

  /** Prints a line for people, with the time of the step. */
  void timed(String action, String subject, long nanos) {
    if (!json) {
      out.println(ToolMessages.timed(action, subject, nanos));
    }
  }

  /** Prints the document for machines. */
  void document(Object... namesAndValues) {
    if (json) {
      out.println(JsonText.text(JsonText.object(namesAndValues)));
    }
  }
}
