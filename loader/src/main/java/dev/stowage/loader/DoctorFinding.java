package dev.stowage.loader;

/** One line of the loader doctor's report: what a numbered step of {@link NativeLibrary} found. */
final class DoctorFinding {
  /** Names of the steps by number; the numbers are those of {@link NativeLibrary}. */
  static final String[] STEPS = {
    "", "override", "target", "pins", "cache", "files", "headers", "load", "handshake"
  };

  final int step;
  final String status;

  /** The error's id, or null. */
  final String id;

  final String text;
  final String fix;

  private DoctorFinding(int step, String status, String id, String text, String fix) {
    this.step = step;
    this.status = status;
    this.id = id;
    this.text = text;
    this.fix = fix;
  }

  static DoctorFinding ok(int step, String text) {
    return new DoctorFinding(step, "ok", null, text, null);
  }

  static DoctorFinding warn(int step, String text, String fix) {
    return new DoctorFinding(step, "warning", null, text, fix);
  }

  /**
   * A binding that this platform cannot have: no error, because the others may be all that is used.
   */
  static DoctorFinding unsupported(int step, LoadError error) {
    return new DoctorFinding(
        step, "warning", error.id, error.id + " " + error.headline + ": " + error.found, error.fix);
  }

  static DoctorFinding skipped(int step, String text) {
    return new DoctorFinding(step, "skipped", null, text, null);
  }

  static DoctorFinding bad(int step, LoadError error) {
    return new DoctorFinding(
        step, "error", error.id, error.id + " " + error.headline + ": " + error.found, error.fix);
  }

  boolean isError() {
    return status.equals("error");
  }

  String stepName() {
    return STEPS[step];
  }
}
