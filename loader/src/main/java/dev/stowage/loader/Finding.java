package dev.stowage.loader;

/** One line of the doctor's report: what a numbered step of {@link NativeLibrary} found. */
final class Finding {
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

  private Finding(int step, String status, String id, String text, String fix) {
    this.step = step;
    this.status = status;
    this.id = id;
    this.text = text;
    this.fix = fix;
  }

  static Finding ok(int step, String text) {
    return new Finding(step, "ok", null, text, null);
  }

  static Finding warn(int step, String text, String fix) {
    return new Finding(step, "warn", null, text, fix);
  }

  /**
   * A unit that this platform cannot have: no error, because the others may be all that is used.
   */
  static Finding absent(int step, Fault fault) {
    return new Finding(
        step, "warn", fault.id, fault.id + " " + fault.headline + ": " + fault.found, fault.fix);
  }

  static Finding skipped(int step, String text) {
    return new Finding(step, "skipped", null, text, null);
  }

  static Finding bad(int step, Fault fault) {
    return new Finding(
        step, "error", fault.id, fault.id + " " + fault.headline + ": " + fault.found, fault.fix);
  }

  boolean isError() {
    return status.equals("error");
  }

  String stepName() {
    return STEPS[step];
  }
}
