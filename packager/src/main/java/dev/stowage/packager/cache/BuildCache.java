package dev.stowage.packager.cache;

import dev.stowage.packager.message.Console;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A directory that all builds of one user share. If it cannot be used, the build warns once and
 * continues without it.
 *
 * <p>An entry is written under a temporary name and then renamed, so no build reads half of one. A
 * killed build leaves only names that begin with {@code tmp-}. The time stamp of an entry is that
 * of its last use.
 *
 * @since 0.1.0
 */
public final class BuildCache {
  /** The variable that names the directory, or is {@link #OFF}. */
  public static final String VARIABLE = "STOWAGE_BUILD_CACHE";

  /** Value of {@link #VARIABLE} that turns the cache off. */
  public static final String OFF = "off";

  static final String TEMPORARY = "tmp-";

  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration BETWEEN_SWEEPS = Duration.ofDays(1);

  /**
   * Depth of the deepest entries below the root: one directory per kind, and for crates one per
   * first digits.
   */
  private static final int DEPTH = 3;

  private final Console console;
  private final Path root;
  private boolean usable;

  /**
   * Finds the directory; creates nothing yet.
   *
   * @param environment the caller's variables
   * @param console receives one warning if the directory cannot be used
   */
  public BuildCache(Map<String, String> environment, Console console) {
    this.console = console;
    this.root = locate(environment).orElse(null);
    this.usable = root != null;
  }

  /** The cache directory, or empty if the cache is off. It need not exist. */
  public static Optional<Path> locate(Map<String, String> environment) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (named.equals(OFF)) {
      return Optional.empty();
    }
    return Optional.of(
        named.isEmpty()
            ? userCaches(environment).resolve("stowage-build")
            : Path.of(named).toAbsolutePath().normalize());
  }

  /** Size of all files. Files that cannot be read count as 0 bytes. */
  public static long bytes(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private static Path userCaches(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    String system = System.getProperty("os.name");
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
      return Path.of(xdg);
    }
    if (system.startsWith("Mac")) {
      return Path.of(home, "Library", "Caches");
    }
    String local = environment.getOrDefault("LOCALAPPDATA", "");
    return system.startsWith("Windows") && !local.isEmpty()
        ? Path.of(local)
        : Path.of(home, ".cache");
  }

  /** The directory for one kind of entries, ready to be written to; empty without a cache. */
  synchronized Optional<Path> directory(String kind) {
    if (!usable) {
      return Optional.empty();
    }
    Path directory = root.resolve(kind);
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createFile(temporary(directory)));
      return Optional.of(directory);
    } catch (IOException e) {
      unusable(e.toString());
      return Optional.empty();
    }
  }

  /**
   * Turns the cache off for the rest of the build and warns with the reason, the first time only.
   */
  synchronized void unusable(String reason) {
    if (usable) {
      usable = false;
      console.warn(CacheMessages.unusable(root, reason));
    }
  }

  static Path temporary(Path directory) {
    return directory.resolve(TEMPORARY + UUID.randomUUID());
  }

  /** Marks the entry as used now. Unused entries are deleted after {@link #KEPT}. */
  static void touch(Path entry) {
    try {
      Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // Without the new time stamp it is deleted earlier, and then built again.
    }
  }

  /**
   * Deletes entries that were not used for a long time, at most once a day: other calls read one
   * time stamp only. Other builds may be running.
   */
  public void sweep() {
    if (root == null || !Files.isDirectory(root)) {
      return;
    }
    Path mark = root.resolve("swept");
    try {
      if (olderThan(mark, BETWEEN_SWEEPS)) {
        Files.writeString(mark, "");
        touch(mark);
        sweep(root, 1);
      }
    } catch (IOException e) {
      // The cache cannot be written to; the first build step that writes an entry reports that.
    }
  }

  private static void sweep(Path directory, int depth) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        boolean temporary = file.getFileName().toString().startsWith(TEMPORARY);
        boolean entry =
            temporary
                || Files.isRegularFile(file)
                || Files.exists(file.resolve(CacheEntry.DIGESTS));
        if (!entry) {
          if (depth < DEPTH && Files.isDirectory(file)) {
            sweep(file, depth + 1);
          }
        } else if (depth > 1 && olderThan(file, temporary ? BETWEEN_SWEEPS : KEPT)) {
          discard(file);
        }
      }
    }
  }

  private static boolean olderThan(Path file, Duration age) throws IOException {
    try {
      Instant time = Files.getLastModifiedTime(file).toInstant();
      return time.isBefore(Instant.now().minus(age));
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  /**
   * Deletes an entry. It is renamed first, so that other builds see either the whole entry or none.
   */
  static void discard(Path entry) throws IOException {
    Path aside =
        entry.getFileName().toString().startsWith(TEMPORARY) ? entry : temporary(entry.getParent());
    if (!Files.exists(entry)) {
      return;
    }
    try {
      if (!aside.equals(entry)) {
        Files.move(entry, aside, StandardCopyOption.ATOMIC_MOVE);
      }
      List<Path> paths;
      try (Stream<Path> walk = Files.walk(aside)) {
        paths = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : paths) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // Another build deleted it first.
    }
  }
}
