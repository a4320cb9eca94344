package dev.stowage.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures several ways to do the same thing in turns, so that a drift of the machine affects all
 * of them. The first round is a warm-up and does not count.
 */
final class Rounds {
  /** Does it {@code count} times and returns the total nanoseconds. */
  interface Way {
    long nanos(int count) throws Exception;
  }

  private final List<double[]> nanos = new ArrayList<>();
  private final int rounds;

  /** Measures the nanoseconds of one run, by way and round. */
  Rounds(int rounds, int count, Way... ways) throws Exception {
    this.rounds = rounds;
    for (int way = 0; way < ways.length; way++) {
      nanos.add(new double[rounds]);
    }
    for (int round = -1; round < rounds; round++) {
      for (int way = 0; way < ways.length; way++) {
        double each = (double) ways[way].nanos(count) / count;
        if (round >= 0) {
          nanos.get(way)[round] = each;
        }
      }
    }
  }

  /** Returns the number of ways. */
  int ways() {
    return nanos.size();
  }

  /** Returns the median of a way, in nanoseconds. */
  double nanos(int way) {
    return median(nanos.get(way));
  }

  /** Returns the median of the ratios of all rounds. */
  double ratio(int way, int baseline) {
    double[] ratios = new double[rounds];
    Arrays.setAll(ratios, round -> nanos.get(way)[round] / nanos.get(baseline)[round]);
    return median(ratios);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Returns a way that repeats plain Java code. */
  static Way repeated(Once body) {
    return count -> {
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        body.run();
      }
      return System.nanoTime() - start;
    };
  }

  /** The code to repeat. */
  interface Once {
    void run() throws Exception;
  }
}
