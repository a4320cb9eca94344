package dev.stowage.it.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the results of the commands of one file, or of all. */
final class CommandCounts {
  private int passed;
  private int assertionsPassed;
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> skips = new TreeMap<>();

  void pass(boolean assertion) {
    passed++;
    assertionsPassed += assertion ? 1 : 0;
  }

  void fail(String what) {
    failures.add(what);
  }

  void skip(String reason) {
    skips.merge(reason, 1, Integer::sum);
  }

  void add(CommandCounts other) {
    passed += other.passed;
    assertionsPassed += other.assertionsPassed;
    failures.addAll(other.failures);
    other.skips.forEach((reason, count) -> skips.merge(reason, count, Integer::sum));
  }

  int passed() {
    return passed;
  }

  int assertionsPassed() {
    return assertionsPassed;
  }

  List<String> failures() {
    return failures;
  }

  Map<String, Integer> skips() {
    return skips;
  }

  int skipped() {
    return skips.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public String toString() {
    return passed + " passed, " + failures.size() + " failed, " + skipped() + " skipped";
  }
}
