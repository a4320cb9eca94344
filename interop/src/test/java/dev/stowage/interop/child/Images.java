package dev.stowage.interop.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The files that this process has mapped, by /proc/self/maps (proc(5)). */
final class Images {
  private Images() {}

  /**
   * Prints {@code images <core> <number of files> <number of executable mappings> <path>...} for a
   * core of stowage-wasm.
   */
  static void print(String binding) throws IOException {
    String core = "stowage_wasm_" + binding + "-";
    Set<String> files = new TreeSet<>();
    List<String> paths = new ArrayList<>();
    int executable = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
      if (!line.contains(core)) {
        continue;
      }
      // address perms offset dev inode path
      String[] fields = line.split(" +", 6);
      if (files.add(fields[3] + " " + fields[4])) {
        paths.add(fields[5]);
      }
      executable += fields[1].indexOf('x') >= 0 ? 1 : 0;
    }
    System.out.println(
        "images "
            + binding
            + " "
            + files.size()
            + " "
            + executable
            + " "
            + String.join(" ", paths));
  }
}
