package dev.stowage.wasm.tool;

import dev.stowage.wasm.WasmException.Code;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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
          + "  --version                the version of this JAR\n"
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

  /** The core's text is a whole sentence; only for a bug it is not the user's business. */
  static String failed(Code code, String text) {
    boolean bug = code == Code.PANIC || code == Code.INTERNAL;
    return error(bug ? "a bug in the native code, please report it: " + text : text);
  }

  static String unreadable(Path file, String reason) {
    return "cannot read " + file + ": " + reason;
  }

  static String unusable(String file, String reason) {
    return "cannot use " + file + ": " + reason;
  }

  /** What the system said, without the path, as the rest of a sentence. */
  static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    String said =
        failure instanceof FileSystemException
            ? ((FileSystemException) failure).getReason()
            : failure.getMessage();
    return said == null || said.isEmpty() ? failure.getClass().getSimpleName() : lower(said);
  }

  private static String lower(String sentence) {
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }

  static String noPath(String found, String reason) {
    return error("'" + found + "' is not a path: " + lower(reason)) + seeHelp();
  }

  /** Classes outside of a JAR have no version. */
  static String version(String manifest) {
    return "stowage-wasm " + (manifest == null ? "dev" : manifest);
  }

  /** {@code nearest} is null where nothing is near. */
  static String unknownCommand(String found, String nearest) {
    String guess = nearest == null ? "" : "; did you mean '" + nearest + "'?";
    return error("unknown command '" + found + "'" + guess) + seeHelp();
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
