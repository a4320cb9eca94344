package dev.stowage.it.scenario;

import dev.stowage.loader.StowageLinkError;
import dev.stowage.wasm.WasmException;
import java.util.Locale;

/**
 * The output of a scenario, a line for each step, which the tests read; see Outcome in the harness.
 */
final class ScenarioReport {
  private ScenarioReport() {}

  /** Code that may throw. */
  interface Action {
    void run() throws Exception;
  }

  /** Reports a step that succeeded, with its result. */
  static void ok(String name, Object text) {
    line("ok", name, String.valueOf(text));
  }

  /** Checks a condition of the scenario itself. */
  static void check(String name, boolean holds, Object text) {
    line(holds ? "ok" : "FAILED", name, String.valueOf(text));
  }

  /** Requires that the action throws; reports class, code or id, and text of the exception. */
  static void thrown(String name, Action action) {
    try {
      action.run();
    } catch (Throwable e) {
      ok(name, describe(e));
      return;
    }
    line("FAILED", name, "nothing was thrown");
  }

  private static String describe(Throwable e) {
    String code = "";
    if (e instanceof WasmException) {
      code = " " + ((WasmException) e).code();
    } else if (e instanceof StowageLinkError) {
      code = " " + ((StowageLinkError) e).id();
    }
    return e.getClass().getSimpleName() + code + ": " + e.getMessage();
  }

  private static synchronized void line(String verdict, String name, String text) {
    String escaped = text.replace("\r", "\\r").replace("\n", "\\n");
    System.out.println(String.format(Locale.ROOT, "RESULT %s %s %s", verdict, name, escaped));
  }
}
