package dev.stowage.packager.cache;

import dev.stowage.packager.message.Console;
import dev.stowage.packager.record.FileDigests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** A directory that is published by one rename. It has a list of the digests of its files. */
final class CacheEntry {
  /** The list: digest and name of each file. */
  static final String DIGESTS = "digests";

  private CacheEntry() {}

  /** Writes the files of an entry below an empty directory. */
  interface Filler {
    void fill(Path directory) throws IOException;
  }

  /**
   * Whether the entry exists and every file has the digest it was published with. A damaged entry
   * is deleted.
   */
  static boolean intact(Path entry, Console console) {
    if (!Files.isDirectory(entry)) {
      return false;
    }
    if (matches(entry)) {
      BuildCache.touch(entry);
      return true;
    }
    console.warn(CacheMessages.damaged(entry));
    try {
      BuildCache.discard(entry);
    } catch (IOException e) {
      // Publishing a new entry in its place fails for the same reason, and reports it.
    }
    return false;
  }

  /** Writes and publishes an entry. If another build publishes it first, that one is returned. */
  static Path publish(Path entry, Filler filler) throws IOException {
    Path temporary = BuildCache.temporary(Files.createDirectories(entry.getParent()));
    try {
      filler.fill(Files.createDirectory(temporary));
      Files.writeString(temporary.resolve(DIGESTS), digests(temporary));
      Files.move(temporary, entry, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!matches(entry)) {
        throw e;
      }
    } finally {
      BuildCache.discard(temporary);
    }
    return entry;
  }

  private static boolean matches(Path entry) {
    try {
      return Files.readString(entry.resolve(DIGESTS)).equals(digests(entry));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static String digests(Path directory) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        String name = directory.relativize(file).toString().replace('\\', '/');
        if (!name.equals(DIGESTS)) {
          text.append(FileDigests.of(file).sha256()).append("  ").append(name).append('\n');
        }
      }
    }
    return text.toString();
  }
}
