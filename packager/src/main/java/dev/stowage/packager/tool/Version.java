package dev.stowage.packager.tool;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the version numbers that tools print.
 *
 * @since 0.1.0
 */
public final class Version {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?");

  private Version() {}

  /**
   * Compares the first three numbers; missing ones are 0. A text that does not begin with a number
   * is a development version, which is newer than all others.
   */
  public static int compare(String left, String right) {
    return Arrays.compare(numbers(left), numbers(right));
  }

  private static int[] numbers(String version) {
    Matcher m = NUMBERS.matcher(version);
    if (!m.lookingAt()) {
      return new int[] {Integer.MAX_VALUE, 0, 0};
    }
    int[] numbers = new int[3];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = m.group(i + 1) == null ? 0 : Integer.parseInt(m.group(i + 1));
    }
    return numbers;
  }
}
