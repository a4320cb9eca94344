package dev.stowage.packager.binary;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Runs LLVM's tools on many files at once; a missing tool fails the test. */
final class LlvmBatch {
  private static final int BATCH = 50;

  private LlvmBatch() {}

  /**
   * Passes the output of llvm-readobj for each file on as a tree. If the tool ends before the last
   * file, it is run again for the others.
   */
  static void readobj(List<Path> files, List<String> options, BiConsumer<Path, Node> each) {
    List<Path> left = new ArrayList<>(files);
    while (!left.isEmpty()) {
      List<Path> batch = List.copyOf(left.subList(0, Math.min(left.size(), BATCH)));
      Deque<Node> open = new ArrayDeque<>();
      Path[] file = new Path[1];
      run(
          "llvm-readobj",
          options,
          batch,
          line -> {
            if (line.startsWith("File: ")) {
              finish(file[0], open, each);
              file[0] = Path.of(line.substring(6));
              left.remove(file[0]);
              open.push(new Node("file"));
            } else if (!open.isEmpty()) {
              tree(line.strip(), open);
            }
          });
      finish(file[0], open, each);
      if (file[0] == null) {
        throw new AssertionError("llvm-readobj prints nothing of " + batch.get(0));
      }
    }
  }

  private static void finish(Path file, Deque<Node> open, BiConsumer<Path, Node> each) {
    if (!open.isEmpty()) {
      each.accept(file, open.getLast());
      open.clear();
    }
  }

  private static void tree(String line, Deque<Node> open) {
    if (line.endsWith("{") || line.endsWith("[") || line.matches(".*\\[ \\(.*\\)")) {
      Node child = new Node(line.replaceFirst(" ?[{\\[](?=$| \\()", ""));
      open.peek().add(child);
      open.push(child);
    } else if ((line.equals("}") || line.equals("]")) && open.size() > 1) {
      open.pop();
    } else {
      open.peek().line(line);
    }
  }

  /**
   * The output lines of llvm-objdump by file. The tool ends at the first file that it cannot print
   * completely.
   */
  static Map<Path, List<String>> objdump(List<Path> files, List<String> options) {
    Map<Path, List<String>> lines = new HashMap<>();
    List<Path> open = new ArrayList<>(files);
    while (!open.isEmpty()) {
      Map<String, Path> heads = new HashMap<>();
      List<Path> batch = open.subList(0, Math.min(open.size(), BATCH));
      batch.forEach(file -> heads.put(file + ":", file));
      Path[] file = new Path[1];
      run(
          "llvm-objdump",
          options,
          batch,
          line -> {
            Path begun = heads.get(line.replaceFirst("\tfile format .*", ""));
            file[0] = begun == null ? file[0] : begun;
            if (begun != null) {
              lines.put(begun, new ArrayList<>());
            } else if (file[0] != null) {
              lines.get(file[0]).add(line);
            }
          });
      if (!open.removeIf(lines::containsKey)) {
        throw new AssertionError("llvm-objdump prints nothing of " + open.get(0));
      }
    }
    return lines;
  }

  private static void run(
      String tool, List<String> options, List<Path> files, Consumer<String> to) {
    List<String> command = new ArrayList<>(List.of(tool));
    command.addAll(options);
    files.forEach(file -> command.add(file.toString()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      try (BufferedReader reader = process.inputReader()) {
        for (String line; (line = reader.readLine()) != null; ) {
          to.accept(line);
        }
      }
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(tool + ": apt install llvm", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
