package dev.stowage.wasm.tool;

/** Finds the name that a mistyped word was meant to be. */
final class Nearest {
  /** Mistakes beyond which it is another word. */
  private static final int MOST = 2;

  private Nearest() {}

  /** Null where more than two letters, or half of the name's, are wrong. */
  static String of(String word, Iterable<String> names) {
    String best = null;
    int least = MOST + 1;
    for (String name : names) {
      int distance = distance(word, name);
      if (distance < least && 2 * distance < name.length()) {
        best = name;
        least = distance;
      }
    }
    return best;
  }

  /**
   * Insertions, deletions and replacements of one letter and swaps of two neighbours: the optimal
   * string alignment distance.
   */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1 && j > 1 && swapped(a, i, b, j)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }

  private static boolean swapped(String a, int i, String b, int j) {
    return a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
