package dev.stowage.packager.project;

import java.util.Collection;

/**
 * Finds the known word that a misspelled one most likely means.
 *
 * @since 0.1.0
 */
public final class NearestName {
  private NearestName() {}

  /** The known word with the smallest edit distance, or null when none is close. */
  public static String of(String word, Collection<String> known) {
    String best = null;
    int least = Math.max(2, word.length() / 2) + 1;
    for (String candidate : known) {
      int distance = distance(word, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    int[] distances = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      distances[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = distances[0];
      distances[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = distances[j];
        distances[j] = Math.min(change, 1 + Math.min(distances[j], distances[j - 1]));
      }
    }
    return distances[b.length()];
  }
}
