package dev.stowage.packager.compile;

import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.record.Input;
import dev.stowage.packager.tool.DirectoryTree;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The inputs of one plan. Names are relative to a base directory, so they contain no path of this
 * machine.
 */
final class PlanInputs {
  private final Path base;
  private final Map<String, String> digests = new TreeMap<>();

  /**
   * @param base the directory that names are relative to
   */
  PlanInputs(Path base) {
    this.base = base;
  }

  /** Adds a file if it exists. */
  PlanInputs optional(Path file) {
    return Files.isRegularFile(file) ? named(name(file), file) : this;
  }

  /** Adds a file under a given name, for files whose path differs between machines. */
  PlanInputs named(String name, Path file) {
    try {
      digests.put(name, FileDigests.of(file).sha256());
    } catch (UncheckedIOException e) {
      throw SharedMessages.cannotRead(file, e.getCause());
    }
    return this;
  }

  /** Adds an input that is a text, not a file. */
  PlanInputs text(String name, String text) {
    digests.put(name, FileDigests.sha256(text.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** Adds every file below a directory that passes the filter, if the directory exists. */
  PlanInputs tree(Path directory, Set<String> skippedDirectories, Predicate<Path> filter) {
    for (Path file : DirectoryTree.files(directory, skippedDirectories, filter)) {
      named(name(file), file);
    }
    return this;
  }

  /** The inputs, sorted by name. */
  List<Input> list() {
    return digests.entrySet().stream().map(e -> new Input(e.getKey(), e.getValue())).toList();
  }

  private String name(Path file) {
    return base.relativize(file).toString().replace('\\', '/');
  }
}
