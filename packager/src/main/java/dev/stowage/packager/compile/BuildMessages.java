package dev.stowage.packager.compile;

import dev.stowage.packager.message.ConsoleText;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.message.PackagerException.Kind;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** All texts of {@code build}. */
final class BuildMessages {
  private BuildMessages() {}

  /**
   * One line per library.
   *
   * @param minimum C library or operating system, with version, that it was built for
   * @param digest the beginning of its SHA-256
   */
  static String library(
      String target, String file, String state, long size, String minimum, String digest) {
    String facts = state + ", " + ConsoleText.size(size) + ", " + minimum + ", sha256 " + digest;
    return ConsoleText.line("build", target, file, facts);
  }

  /** The name of several targets in a line. */
  static String targets(int count) {
    return count + " targets";
  }

  /** A binding that a target does not support: today only Go on musl. */
  static String unsupported(String target, String binding) {
    return ConsoleText.line(
        "build",
        target,
        binding,
        "not built: a JVM on musl cannot load a Go core (golang/go#54805)");
  }

  /**
   * The last line of a build: its time, and its overhead: the time without a running compiler, in
   * relation to the time with one.
   *
   * @param nanos of the whole build
   * @param active nanoseconds during which at least one child process ran
   */
  static String finished(String target, int libraries, int built, long nanos, long active) {
    String seconds = ConsoleText.seconds(nanos / 1_000_000);
    String what =
        built == 0
            ? libraries + " libraries up to date, checked in " + seconds
            : String.format(
                Locale.ROOT,
                "%d of %d libraries built in %s (overhead %.1f%%)",
                built,
                libraries,
                seconds,
                100.0 * (nanos - active) / active);
    return ConsoleText.line("build", target, what, "");
  }

  /** The beginning of a step that takes long. */
  static String building(String target, String binding, String role) {
    return ConsoleText.line("build", target, binding + " " + role, "building");
  }

  /** State of a library that was compiled. */
  static String built(long millis) {
    return "built in " + ConsoleText.seconds(millis);
  }

  /** State of a library that needs no build. */
  static String upToDate() {
    return "up to date";
  }

  /** Another build uses the output directory. */
  static String waiting(Path output) {
    return "another build writes to " + output + "; waiting for it to end";
  }

  /** STOW-128: a version that cannot be part of a file name. */
  static PackagerException badVersion(String version, String pattern) {
    return usage(
        "STOW-128",
        "the version '" + version + "' cannot be part of a file name",
        null,
        "use a version of the form " + pattern);
  }

  /** STOW-113: the ABI header is not there. */
  static PackagerException noAbiHeader(Path project, String binding, Path header) {
    return usage(
        "STOW-113",
        "no ABI header of binding '" + binding + "': " + header,
        null,
        "correct binding." + binding + ".core.header in " + project + ", or write the header");
  }

  /** STOW-114: a C source is not there. */
  static PackagerException noShimFile(Path project, String binding, String file, Path dir) {
    return usage(
        "STOW-114",
        "no file '" + file + "' in " + dir,
        null,
        "correct binding." + binding + ".shim.files in " + project + ", or write the file");
  }

  /** STOW-314: a shim source that is not C. */
  static PackagerException shimNotC(Path project, String binding, String file) {
    return usage(
        "STOW-314",
        "shim file '" + file + "' of binding '" + binding + "' is not a C source (*.c)",
        "shims are C11: the generated headers are not for C++ or other languages",
        "write the shim in C, and put the rest behind the C header of the core; correct binding."
            + binding
            + ".shim.files in "
            + project);
  }

  /** The warnings of the compiler for a shim that it compiled. */
  static String shimWarnings(String target, String binding, String text) {
    return target
        + ": warnings in the shim of binding '"
        + binding
        + "', errors in a release build:\n"
        + text.strip();
  }

  /** STOW-313: a generated header is missing. */
  static PackagerException noContractHeader(String binding, Path header, OptionStyle optionStyle) {
    return usage(
        "STOW-313",
        "no generated header of binding '" + binding + "': " + header,
        null,
        "compile the Java classes and run '" + optionStyle.command("jni") + "' first");
  }

  /** STOW-116: an unknown target. */
  static PackagerException unknownTarget(
      String target, String nearest, Collection<String> known, OptionStyle optionStyle) {
    return usage(
        "STOW-116",
        "unknown target '" + target + "'",
        null,
        (nearest == null ? "" : "use " + optionStyle.option("targets", nearest) + "; ")
            + "the targets are "
            + String.join(", ", known));
  }

  /** STOW-117: no compiler for a release build. */
  static PackagerException noZig(
      Collection<String> targets,
      String install,
      String host,
      String searched,
      OptionStyle optionStyle) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-117",
        "zig not found; a release build needs it for every target: " + String.join(", ", targets),
        null,
        install
            + "; or make a local build for "
            + host
            + ", not for publication, without "
            + optionStyle.option("targets", "..."),
        List.of(searched));
  }

  /** STOW-140: a compiler reported errors. */
  static PackagerException compileFailed(
      String target, String binding, String role, String tool, String stderr) {
    String text = stderr.isBlank() ? tool + " printed nothing" : stderr.strip();
    return new PackagerException(
        Kind.BUILD,
        "STOW-140",
        target + ": " + tool + " failed on the " + role + " of binding '" + binding + "'",
        text,
        "correct the first error above; libraries from earlier builds are unchanged");
  }

  /** The first line about a compiler that a signal ended. */
  static String ended(String tool, boolean child, int signal) {
    return (child ? "a compiler started by " + tool : tool) + " was ended by signal " + signal;
  }

  /** STOW-142: a signal ended a compiler. */
  static PackagerException compilerEnded(
      String headline, String role, String binding, String stderr, String fewer) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-142",
        headline + ", on the " + role + " of binding '" + binding + "'",
        stderr.strip(),
        "run again; if memory is short, "
            + (fewer == null ? "close other programs" : "set " + fewer));
  }

  /** STOW-141: cargo succeeded without the library. */
  static PackagerException noLibrary(Path directory, String crate) {
    return new PackagerException(
        Kind.BUILD,
        "STOW-141",
        "cargo built no shared library from crate '" + crate + "' in " + directory,
        null,
        "give the crate a library target: src/lib.rs");
  }

  private static PackagerException usage(String id, String headline, String found, String fix) {
    return new PackagerException(Kind.USAGE, id, headline, found, fix);
  }
}
