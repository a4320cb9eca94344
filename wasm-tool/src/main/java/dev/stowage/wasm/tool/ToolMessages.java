package dev.stowage.wasm.tool;

import dev.stowage.wasm.WasmException.Code;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The texts of the tool. A line of output is an action, right-aligned in a fixed column, and its
 * object.
 */
final class ToolMessages {
  private static final int ACTION_COLUMN = 12;

  /** Columns of the progress bar. */
  private static final int BAR = 20;

  /** {@code sha256:} and twelve digits: enough for the eye. */
  private static final int SHORT_DIGEST = 19;

  private ToolMessages() {}

  /** One line of output: action, subject. */
  static String line(String action, String subject) {
    StringBuilder line = new StringBuilder();
    for (int i = action.length(); i < ACTION_COLUMN; i++) {
      line.append(' ');
    }
    return line.append(action).append("  ").append(subject).toString();
  }

  /** One line of output with the time the step took. */
  static String timed(String action, String subject, long nanos) {
    return line(action, String.format(Locale.ROOT, "%-58s %8.1f ms", subject, nanos / 1e6));
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

  /** One result, several in parentheses, or none. */
  static String result(String export, List<String> arguments, List<String> results) {
    String call = export + "(" + String.join(", ", arguments) + ")";
    String found = String.join(", ", results);
    return results.isEmpty()
        ? call
        : call + " = " + (results.size() == 1 ? found : "(" + found + ")");
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
    return "Go pushed and pulled the module, Rust validated and ran it, Java called both";
  }

  static String error(String text) {
    return "error: " + text;
  }

  /** The core's text is a whole sentence. Only a bug gets an introduction. */
  static String failed(Code code, String text) {
    boolean bug = code == Code.PANIC || code == Code.INTERNAL;
    return bug ? "a bug in the native code, please report it: " + text : text;
  }

  static String unreadable(Path file, String reason) {
    return "cannot read " + file + ": " + reason;
  }

  static String unusable(String file, String reason) {
    return "cannot use " + file + ": " + reason;
  }

  /** Returns the system's reason, without the path, as the rest of a sentence. */
  static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason =
        failure instanceof FileSystemException
            ? ((FileSystemException) failure).getReason()
            : failure.getMessage();
    return reason == null || reason.isEmpty() ? failure.getClass().getSimpleName() : lower(reason);
  }

  static String lower(String sentence) {
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }

  /** Classes outside of a JAR have no version. */
  static String version(String manifest) {
    return "stowage-wasm " + (manifest == null ? "dev" : manifest);
  }

  static String timedOut(String seconds) {
    return "stopped after " + seconds + " s (--timeout)";
  }

  /** {@code text} is the library's, and lists the exports. */
  static String noProgram(String text) {
    return text + "; this module is not a program: name the export to call";
  }

  static String section(String name, long size, long offset) {
    return "'" + name + "', " + count(size, "byte") + " at " + offset;
  }

  static String producer(String field, String name, String version) {
    return field + ": " + name + (version.isEmpty() ? "" : " " + version);
  }

  /** A blob that was transferred. */
  static String blob(String digest, long bytes) {
    return sized(digest.substring(0, Math.min(digest.length(), SHORT_DIGEST)), bytes);
  }

  static String sized(String digest, long bytes) {
    return digest + ", " + count(bytes, "byte");
  }

  static String annotation(String key, String value) {
    return key + " = " + value;
  }

  /** At most 79 columns; {@code total} is -1 where it is not known. */
  static String bar(String digest, long done, long total) {
    String name = digest.substring(0, Math.min(digest.length(), SHORT_DIGEST));
    if (total <= 0) {
      return line("Moving", String.format(Locale.ROOT, "%s %9.1f MB", name, done / 1e6));
    }
    int filled = (int) (done * BAR / total);
    StringBuilder bar = new StringBuilder("[");
    for (int i = 0; i < BAR; i++) {
      bar.append(i < filled ? '#' : '.');
    }
    String amount = String.format(Locale.ROOT, "%3d%% of %.1f MB", done * 100 / total, total / 1e6);
    return line("Moving", name + "  " + bar.append(']') + " " + amount);
  }

  static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
