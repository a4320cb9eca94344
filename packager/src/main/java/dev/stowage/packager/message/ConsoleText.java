package dev.stowage.packager.message;

import java.util.Locale;

/**
 * The form of console lines, and of the numbers in them.
 *
 * @since 0.1.0
 */
public final class ConsoleText {
  private ConsoleText() {}

  /**
   * One line of a command: command and target in fixed columns, then a file and facts about it.
   *
   * @param target may be empty
   * @param facts may be empty
   */
  public static String line(String command, String target, String file, String facts) {
    return String.format(Locale.ROOT, "%-8s %-19s %s  %s", command, target, file, facts).strip();
  }

  /** A time with its unit. */
  public static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  /** Bytes with their unit: kB up to a million, MB above. */
  public static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  /** A number with the noun that fits it. */
  public static String count(int number, String one, String several) {
    return number + " " + (number == 1 ? one : several);
  }
}
