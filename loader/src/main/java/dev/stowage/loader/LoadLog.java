package dev.stowage.loader;

import java.util.ArrayList;
import java.util.List;

/**
 * The record of one cold start: a line per step, and every exception met. With {@code
 * stowage.debug} also on stderr.
 */
final class LoadLog {
  private final boolean debug = Boolean.getBoolean("stowage.debug");
  private final List<String> lines = new ArrayList<>();
  private final List<Throwable> attempts = new ArrayList<>();

  void step(int number, String text) {
    String line = number + " " + text;
    lines.add(line);
    if (debug) {
      System.err.println("stowage: " + line);
    }
  }

  void attempt(Throwable thrown) {
    attempts.add(thrown);
  }

  List<String> lines() {
    return lines;
  }

  List<Throwable> attempts() {
    return attempts;
  }
}
