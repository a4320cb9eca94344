package dev.stowage.wasm.tool;

/** Finds the command a mistyped word was meant to be. */
final class Nearest {
  private static final String[] COMMANDS = {"doctor", "describe", "run", "pull", "demo"};

  private Nearest() {}

  static String command(String word) {
    String best = COMMANDS[0];
    for (String command : COMMANDS) {
      if (distance(word, command) < distance(word, best)) {
        best = command;
      }
    }
    return best;
  }

  /** Levenshtein's distance: insertions, deletions and replacements of one letter. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
