package dev.stowage.loader;

import java.util.ArrayList;
import java.util.List;

/** Findings of the loader doctor: one for each line that the steps report, and the error last. */
final class DoctorFindings extends LoadLog {
  /** The bindings that a platform does not support may be those that nobody uses there. */
  private static final String UNSUPPORTED = "STOW-18";

  final List<DoctorFinding> all = new ArrayList<>();

  @Override
  void step(int number, String text, Object... values) {
    all.add(DoctorFinding.ok(number, LoaderMessages.fill(text, values)));
  }

  @Override
  void warn(int number, String fix, String text, Object... values) {
    all.add(DoctorFinding.warn(number, LoaderMessages.fill(text, values), fix));
  }

  @Override
  void skipped(int number, String text) {
    all.add(DoctorFinding.skipped(number, text));
  }

  /** Adds the error that loading throws; null adds nothing. */
  void result(LoadError error) {
    if (error != null) {
      all.add(
          error.id.equals(UNSUPPORTED)
              ? DoctorFinding.unsupported(error.step, error)
              : DoctorFinding.bad(error.step, error));
    }
  }
}
