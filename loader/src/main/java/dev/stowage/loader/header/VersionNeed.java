package dev.stowage.loader.header;

import java.util.Collections;
import java.util.List;

/**
 * One version of another library that an ELF file needs, with the reason.
 *
 * @since 0.1.0
 */
public final class VersionNeed implements Comparable<VersionNeed> {
  private final String library;
  private final String version;
  private final List<String> symbols;

  VersionNeed(String library, String version, List<String> symbols) {
    this.library = library;
    this.version = version;
    this.symbols = Collections.unmodifiableList(symbols);
  }

  /** The library that must define the version, e.g. {@code libc.so.6}. */
  public String library() {
    return library;
  }

  /** The version's name, e.g. {@code GLIBC_2.34}. */
  public String version() {
    return version;
  }

  /**
   * The undefined symbols bound to that version, sorted; empty when only the version itself is
   * required.
   */
  public List<String> symbols() {
    return symbols;
  }

  /**
   * Compares version names like {@code GLIBC_2.9} and {@code GLIBC_2.34} by their numbers; other
   * text compares as text.
   *
   * @return negative, zero or positive as {@code a} is lower than, equal to or higher than {@code
   *     b}
   */
  public static int compareVersions(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int iEnd = digits(a, i);
      int jEnd = digits(b, j);
      if (iEnd > i && jEnd > j) {
        int order = compareNumbers(a.substring(i, iEnd), b.substring(j, jEnd));
        if (order != 0) {
          return order;
        }
        i = iEnd;
        j = jEnd;
      } else {
        if (a.charAt(i) != b.charAt(j)) {
          return Character.compare(a.charAt(i), b.charAt(j));
        }
        i++;
        j++;
      }
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  private static int digits(String text, int from) {
    int to = from;
    while (to < text.length() && text.charAt(to) >= '0' && text.charAt(to) <= '9') {
      to++;
    }
    return to;
  }

  private static int compareNumbers(String a, String b) {
    return new java.math.BigInteger(a).compareTo(new java.math.BigInteger(b));
  }

  @Override
  public int compareTo(VersionNeed other) {
    int order = library.compareTo(other.library);
    return order != 0 ? order : compareVersions(version, other.version);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionNeed
        && compareTo((VersionNeed) other) == 0
        && symbols.equals(((VersionNeed) other).symbols);
  }

  @Override
  public int hashCode() {
    return library.hashCode();
  }

  @Override
  public String toString() {
    return library + " " + version + " " + symbols;
  }
}
