package dev.stowage.packager.binary;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Counts comparisons and collects differences. */
final class Comparison {
  final List<String> differences = new ArrayList<>();
  final Set<Path> files = new TreeSet<>();
  int fields;
  int items;

  /** Compares two readings field by field; both must have the same fields. */
  void compare(Path file, Map<String, ?> ours, Map<String, ?> theirs) {
    files.add(file);
    TreeSet<String> names = new TreeSet<>(ours.keySet());
    names.addAll(theirs.keySet());
    for (String name : names) {
      Object a = ours.get(name);
      Object b = theirs.get(name);
      fields++;
      items += a instanceof Collection<?> many ? many.size() : 1;
      if (a == null || !a.equals(b)) {
        differences.add(file + " " + name + ": " + difference(a, b));
      }
    }
  }

  private static String difference(Object a, Object b) {
    if (a instanceof Collection<?> ours && b instanceof Collection<?> theirs) {
      List<Object> onlyOurs = new ArrayList<>(ours);
      List<Object> onlyTheirs = new ArrayList<>(theirs);
      onlyOurs.removeAll(theirs);
      onlyTheirs.removeAll(ours);
      if (!onlyOurs.isEmpty() || !onlyTheirs.isEmpty()) {
        return "only ours " + onlyOurs + ", only LLVM's " + onlyTheirs;
      }
    }
    return "ours " + a + ", LLVM's " + b;
  }

  @Override
  public String toString() {
    return files.size() + " libraries, " + fields + " fields, " + items + " values";
  }
}
