package dev.stowage.packager.compile;

import dev.stowage.packager.message.Messages;
import dev.stowage.packager.record.Digests;
import dev.stowage.packager.record.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The inputs of one plan: names relative to a base directory, so no machine path gets in. */
final class Inputs {
  private final Path base;
  private final Map<String, String> digests = new TreeMap<>();

  /**
   * @param base the directory that names are relative to
   */
  Inputs(Path base) {
    this.base = base;
  }

  /** Adds a file if it is there. */
  Inputs optional(Path file) {
    return Files.isRegularFile(file) ? named(name(file), file) : this;
  }

  /** Adds a file under a name of its own, for files that lie elsewhere on every machine. */
  Inputs named(String name, Path file) {
    try {
      digests.put(name, Digests.of(file).sha256());
    } catch (UncheckedIOException e) {
      throw Messages.cannotRead(file, e.getCause());
    }
    return this;
  }

  /** Adds a text that is an input though it is no file. */
  Inputs text(String name, String text) {
    digests.put(name, Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** Adds every file below a directory that the filter takes, if the directory is there. */
  Inputs tree(Path directory, Set<String> skippedDirectories, Predicate<Path> filter) {
    for (Path file : files(directory, skippedDirectories, filter)) {
      named(name(file), file);
    }
    return this;
  }

  /** Sorted by name. */
  List<Input> list() {
    return digests.entrySet().stream().map(e -> new Input(e.getKey(), e.getValue())).toList();
  }

  private String name(Path file) {
    return base.relativize(file).toString().replace('\\', '/');
  }

  /** Regular files below a directory, sorted; empty when there is no such directory. */
  static List<Path> files(Path directory, Set<String> skippedDirectories, Predicate<Path> filter) {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return files;
    }
    try {
      Files.walkFileTree(
          directory,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              boolean skip =
                  !dir.equals(directory)
                      && skippedDirectories.contains(dir.getFileName().toString());
              return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && filter.test(file)) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw Messages.cannotRead(directory, e);
    }
    files.sort(null);
    return files;
  }
}
