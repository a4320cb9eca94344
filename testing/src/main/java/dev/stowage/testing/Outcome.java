package dev.stowage.testing;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The result of a child process.
 *
 * <p>A test program prints one line {@code RESULT ok <name> <text>} per step. No such line means
 * failure, whatever the exit code: a JVM that dies in a native library may still exit with 0.
 *
 * @param crashes contents of its hs_err files
 */
public record Outcome(
    List<String> command,
    int exit,
    boolean timedOut,
    String out,
    String err,
    List<String> crashes) {
  private static final String RESULT = "RESULT ";
  private static final String OK = "RESULT ok ";

  /**
   * Requires exit code 0, nothing on stderr, no crash file, and at least one result, all of them
   * ok.
   */
  public Outcome expectOk() {
    expectExit(0).expectResults();
    return expectQuiet();
  }

  /** Requires at least one result, all of them ok. */
  public Outcome expectResults() {
    List<String> lines = output().lines().filter(line -> line.startsWith(RESULT)).toList();
    if (lines.isEmpty() || !lines.stream().allMatch(line -> line.startsWith(OK))) {
      throw new AssertionError(
          (lines.isEmpty() ? "no RESULT line" : "a RESULT is not ok") + "\n" + this);
    }
    return this;
  }

  /** Requires that exit code and no crash file. */
  public Outcome expectExit(int code) {
    if (timedOut || exit != code || !crashes.isEmpty()) {
      throw new AssertionError("expected exit code " + code + " and no crash\n" + this);
    }
    return this;
  }

  /** Requires that nothing was written to stderr. */
  public Outcome expectQuiet() {
    if (!err.isEmpty()) {
      throw new AssertionError("expected nothing on stderr\n" + this);
    }
    return this;
  }

  /** Requires that {@code -Xcheck:jni} reported nothing. */
  public Outcome expectNoJniWarnings() {
    if (output().contains("WARNING in native method") || output().contains("FATAL ERROR")) {
      throw new AssertionError("-Xcheck:jni complains\n" + this);
    }
    return this;
  }

  /** Requires exit code 0 and exactly one result, which is ok; returns its text. */
  public String onlyResult() {
    return only(0, OK);
  }

  /**
   * Requires exit code 3 and exactly one result, which failed with that text; returns all output.
   */
  public String expectFailed(String text) {
    if (!only(3, "RESULT FAILED ").equals(text)) {
      throw new AssertionError("expected a failed RESULT " + text + "\n" + this);
    }
    return output();
  }

  private String only(int code, String prefix) {
    expectExit(code);
    List<String> lines = out.lines().filter(line -> line.startsWith(RESULT)).toList();
    if (lines.size() != 1 || !lines.get(0).startsWith(prefix)) {
      throw new AssertionError(
          "expected one " + prefix + "line, not " + lines.size() + "\n" + this);
    }
    String[] nameAndText = lines.get(0).substring(prefix.length()).split(" ", 2);
    return nameAndText.length < 2 ? "" : nameAndText[1];
  }

  /** The text of the only result with that name. */
  public String result(String name) {
    List<String> found = results(name);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " results named " + name + "\n" + this);
    }
    return found.get(0);
  }

  /** The texts of all results with that name. */
  public List<String> results(String name) {
    String prefix = OK + name + " ";
    return out.lines()
        .filter(line -> (line + " ").startsWith(prefix))
        .map(line -> (line + " ").substring(prefix.length()).strip().replace("\\n", "\n"))
        .toList();
  }

  /** Standard output, then standard error. */
  public String output() {
    return out + err;
  }

  /** Everything about the process, for the message of a failed test. */
  @Override
  public String toString() {
    return String.join(" ", command)
        + "\nexit "
        + exit
        + (timedOut ? " (killed at its time limit)" : "")
        + "\n--- stdout\n"
        + out
        + "\n--- stderr\n"
        + err
        + crashes.stream().map(text -> "\n--- hs_err\n" + head(text)).collect(Collectors.joining());
  }

  private static String head(String text) {
    return text.lines().limit(60).collect(Collectors.joining("\n"));
  }
}
