package dev.stowage.it.scenario;

import java.util.Locale;

/**
 * What a scenario says: one line for each thing it did. The tests read these lines; see Outcome in
 * the harness.
 */
final class Report {
  private Report() {}

  /** Something that may throw. */
  interface Action {
    void run() throws Throwable;
  }

  /** Something was done, with what came of it. */
  static void ok(String name, Object text) {
    line("ok", name, String.valueOf(text));
  }

  /** A condition of the scenario itself. */
  static void check(String name, boolean holds, Object text) {
    line(holds ? "ok" : "FAILED", name, String.valueOf(text));
  }

  /** The action must throw; prints the exception's class, and its text. */
  static void thrown(String name, Action action) {
    try {
      action.run();
    } catch (Throwable e) {
      ok(name, e);
      return;
    }
    line("FAILED", name, "nothing was thrown");
  }

  private static synchronized void line(String verdict, String name, String text) {
    String escaped = text.replace("\r", "\\r").replace("\n", "\\n");
    System.out.println(String.format(Locale.ROOT, "RESULT %s %s %s", verdict, name, escaped));
  }
}
