package dev.stowage.packager.doctor;

import dev.stowage.packager.message.ConsoleText;
import java.nio.file.Path;
import java.util.List;

/** All texts of the build doctor and of the list of targets. */
final class BuildDoctorMessages {
  private BuildDoctorMessages() {}

  /** A line of the list of tools. */
  static String tool(String status, String title, String found) {
    return String.format("%-9s %-14s %s", "[" + status + "]", title, found);
  }

  /**
   * A line of the list of targets.
   *
   * @param local state of the local build; null for the target of another machine
   */
  static String target(String status, String classifier, String local, String release) {
    String ways = local == null ? release : local + "; " + release;
    return String.format("%-9s %-19s %s", "[" + status + "]", classifier, ways);
  }

  /** The fix for the line above. */
  static String fix(String fix) {
    return "            fix: " + fix;
  }

  /** A tool that is not installed. */
  static String notFound(boolean needed, String use) {
    return needed ? "not found" : "not found; only for " + use;
  }

  /** A tool whose version is too old. */
  static String tooOld(String found, String wanted) {
    return found + " is too old: " + wanted + " or newer is needed";
  }

  /** State of the local build for this machine. */
  static String local(List<String> missing) {
    return missing.isEmpty() ? "local ready, not for publication" : lacks("local", missing);
  }

  /** State of the release build for a target. */
  static String release(List<String> missing) {
    return missing.isEmpty() ? "release ready" : lacks("release", missing);
  }

  private static String lacks(String way, List<String> missing) {
    return way + " lacks " + String.join(", ", missing);
  }

  /** Rust's standard library in the list of tools. */
  static String std() {
    return "Rust's std";
  }

  /**
   * The rustc of release builds.
   *
   * @param missing the targets that it has no standard library for
   */
  static String stdOf(String rustc, List<String> missing) {
    return missing.isEmpty()
        ? "of " + rustc
        : rustc + " has none for " + String.join(", ", missing);
  }

  /** No pair of rustc and cargo from one installation. */
  static String noRustc() {
    return "no rustc with a cargo in the same directory";
  }

  /** A tool that fails without a text. */
  static String silent(int exitCode) {
    return "ends with exit code " + exitCode + " and prints nothing";
  }

  /** A JDK without headers. */
  static String jdkWithoutHeaders(String version) {
    return version + ", without include/jni.h";
  }

  /** The fix for it. */
  static String installJdk() {
    return "run on a JDK (not a JRE): apt-get install openjdk-17-jdk-headless (Debian), brew"
        + " install openjdk (macOS), or see https://adoptium.net";
  }

  /** The build doctor's line for the cache. */
  static String cache(Path place, long bytes) {
    return place + ", " + (bytes == 0 ? "empty" : ConsoleText.size(bytes));
  }

  /** The build doctor's line when there is no cache. */
  static String cacheOff() {
    return "off";
  }

  /** The heading or a line of the list of targets. */
  static String targetLine(
      String mark, String classifier, String needs, String rust, String go, String cores) {
    return String.format("%-2s%-21s%-13s%-28s%-15s%s", mark, classifier, needs, rust, go, cores)
        .stripTrailing();
  }

  /** The last line of the list of targets. */
  static String hostMark() {
    return "* this machine";
  }
}
