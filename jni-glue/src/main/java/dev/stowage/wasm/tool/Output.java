package dev.stowage.wasm.tool;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where a command reads and writes. Results go to standard output, as lines for people or as one
 * JSON document; faults and the progress bar to standard error.
 */
final class Output {
  final InputStream in;
  final PrintStream out;
  final PrintStream err;

  /** Whether a person watches standard error. */
  final boolean terminal;

  private boolean json;

  Output(InputStream in, PrintStream out, PrintStream err, boolean terminal) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** From now on a document takes the place of lines. */
  void useJson() {
    json = true;
  }

  boolean json() {
    return json;
  }

  /** A line for people. */
  void say(String verb, String subject) {
    if (!json) {
      out.println(Messages.line(verb, subject));
    }
  }

  /** A line for people, with the time the step took. */
  void timed(String verb, String subject, long nanos) {
    if (!json) {
      out.println(Messages.timed(verb, subject, nanos));
    }
  }

  /** The document for machines. */
  void document(Object... namesAndValues) {
    if (json) {
      out.println(Json.text(Json.object(namesAndValues)));
    }
  }
}
