package dev.stowage.loader;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the steps of {@link LoadSteps} report to: a line per step, and every exception met. Texts
 * are those of {@link LoaderMessages}, which are constants; they are put together with their values
 * when somebody reads them, because a start that goes well needs none. With {@code stowage.debug}
 * that is at once, on stderr.
 */
class LoadLog {
  private final boolean debug = Boolean.getBoolean("stowage.debug");
  private final List<Object[]> steps = new ArrayList<>();
  private final List<Throwable> attempts = new ArrayList<>();

  /** A step that went well. */
  void step(int number, String text, Object... values) {
    Object[] line = {number, text, values};
    steps.add(line);
    if (debug) {
      System.err.println("stowage: " + line(line));
    }
  }

  /** Something that loading gets over; {@code fix} is null when nothing is to be done. */
  void warn(int number, String fix, String text, Object... values) {
    step(number, text, values);
  }

  /** A step that was not tried. */
  void skipped(int number, String text) {
    step(number, text);
  }

  void attempt(Throwable thrown) {
    attempts.add(thrown);
  }

  /** The error with all that was tried. */
  StowageLinkError error(LoadError error) {
    StringBuilder tried = new StringBuilder();
    for (Object[] step : steps) {
      tried.append(tried.length() == 0 ? "" : "\n          ").append(line(step));
    }
    StowageLinkError thrown =
        new StowageLinkError(error.id, LoaderMessages.failure(error, tried.toString()));
    for (Throwable attempt : attempts) {
      thrown.addSuppressed(attempt);
    }
    return thrown;
  }

  private static String line(Object[] step) {
    return step[0] + " " + LoaderMessages.fill((String) step[1], (Object[]) step[2]);
  }
}
