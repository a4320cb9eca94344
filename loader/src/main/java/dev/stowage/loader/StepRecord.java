package dev.stowage.loader;

import java.util.ArrayList;
import java.util.List;

/**
 * What the steps of {@link LoadSteps} found, in their order. The loader doctor prints it; an
 * exception has it as what was tried; with {@code stowage.debug} it also goes to stderr.
 */
final class StepRecord {
  final List<DoctorFinding> findings = new ArrayList<>();
  private final List<Throwable> attempts = new ArrayList<>();
  private final boolean debug;
  private LoadError first;

  /**
   * An empty record.
   *
   * @param debug whether each finding is printed at once
   */
  StepRecord(boolean debug) {
    this.debug = debug;
  }

  void ok(int step, String text) {
    add(DoctorFinding.ok(step, text));
  }

  void warn(int step, String text, String fix) {
    add(DoctorFinding.warn(step, text, fix));
  }

  void add(DoctorFinding finding) {
    findings.add(finding);
    if (debug && !finding.isError()) {
      System.err.println("stowage: " + line(finding));
    }
  }

  /** Records an error; always false, which is what a step returns then. */
  boolean bad(int step, LoadError error) {
    first = first == null ? error : first;
    add(DoctorFinding.bad(step, error));
    return false;
  }

  /** The same for a binding that this platform does not support: a warning of the loader doctor. */
  boolean unsupported(int step, LoadError error) {
    first = first == null ? error : first;
    add(DoctorFinding.unsupported(step, error));
    return false;
  }

  void attempt(Throwable thrown) {
    attempts.add(thrown);
  }

  /** The first error as an exception, with every other finding as what was tried. */
  StowageLinkError error() {
    StringBuilder tried = new StringBuilder();
    for (DoctorFinding finding : findings) {
      if (finding.id == null) {
        tried.append(tried.length() == 0 ? "" : "\n          ").append(line(finding));
      }
    }
    StowageLinkError error =
        new StowageLinkError(first.id, LoaderMessages.failure(first, tried.toString()));
    for (Throwable attempt : attempts) {
      error.addSuppressed(attempt);
    }
    return error;
  }

  private static String line(DoctorFinding finding) {
    return finding.step + " " + finding.text;
  }
}
