package dev.stowage.wasm.tool;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Everything the tool says. Lines are a verb, right-aligned in a fixed column, and what it happened
 * to.
 */
final class Messages {
  private static final int VERB_COLUMN = 12;

  static final String HELP =
      "stowage-wasm: pull, check and run WebAssembly modules\n"
          + "\n"
          + "  doctor [--json]          explain how the native code is found; loads nothing\n"
          + "  describe FILE            validate a module, list its imports and exports\n"
          + "  run FILE EXPORT ARGS...  call an exported function with 64-bit integers;\n"
          + "                           its import host.call prints and returns its argument\n"
          + "  pull REF FILE            pull a module from a registry or layout directory\n"
          + "  demo                     pack, pull, check and run a module, then clean up\n"
          + "  --help                   this text\n"
          + "\n"
          + "REF is host[:port]/repository[:tag][@sha256:...] or oci:DIRECTORY:TAG.\n"
          + "Exit codes: 0 done, 1 failed, 2 wrong usage.\n";

  private Messages() {}

  /** One line of output: verb, subject. */
  static String line(String verb, String subject) {
    StringBuilder line = new StringBuilder();
    for (int i = verb.length(); i < VERB_COLUMN; i++) {
      line.append(' ');
    }
    return line.append(verb).append("  ").append(subject).toString();
  }

  /** One line of output with the time the step took. */
  static String timed(String verb, String subject, long nanos) {
    return line(verb, String.format(Locale.ROOT, "%-58s %8.1f ms", subject, nanos / 1e6));
  }

  static String module(String name, int bytes, int imports, int exports) {
    return name
        + ": "
        + count(bytes, "byte")
        + ", "
        + count(imports, "import")
        + ", "
        + count(exports, "export");
  }

  static String member(String kind, String name, String type) {
    return String.format(Locale.ROOT, "%-7s %-24s %s", kind, name, type);
  }

  static String result(String export, String args, long result) {
    return export + "(" + args + ") = " + result;
  }

  static String calls(String subject, int calls) {
    return subject + ", " + count(calls, "call") + " into Java";
  }

  static String core(String name, String version) {
    return name + " core " + version;
  }

  static String moved(String from, String to) {
    return from + " -> " + to;
  }

  static String valid(int bytes) {
    return count(bytes, "byte");
  }

  static String done() {
    return "Go packed and pulled, Rust checked and ran, Java joined in";
  }

  static String error(String text) {
    return "error: " + text;
  }

  static String error(String code, String text) {
    return "error: " + code + ": " + text;
  }

  static String unreadable(Path file, String reason) {
    return "cannot read " + file + ": " + reason;
  }

  static String noSuchFile() {
    return "no such file";
  }

  static String unknownCommand(String found, String nearest) {
    return error("unknown command '" + found + "'; did you mean '" + nearest + "'?") + seeHelp();
  }

  static String usage(String command, String form) {
    return error("usage: " + command + (form.isEmpty() ? "" : " " + form)) + seeHelp();
  }

  static String notANumber(String found) {
    return error("ARGS are whole numbers of 64 bits, found '" + found + "'") + seeHelp();
  }

  private static String seeHelp() {
    return "\n  --help lists the commands";
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
