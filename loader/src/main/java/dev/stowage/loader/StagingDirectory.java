package dev.stowage.loader;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Unfinished and set-aside directories in the loader's own directory. Only these names are ever
 * deleted.
 */
final class StagingDirectory {
  private static final String NEW = ".new-";
  private static final String OLD = ".old-";
  private static final long OLD_ENOUGH_MILLIS = 3_600_000;

  private StagingDirectory() {}

  /** An empty directory that no one else has, private to this user. */
  static File create(File base) throws IOException {
    return PrivateDirectory.fresh(base, NEW);
  }

  /**
   * Renames a bad entry aside, then deletes it: a process that has it mapped keeps its files.
   * Between the caller's look and the rename another JVM may have published a good one, which goes
   * back.
   */
  static void discard(PinnedBinding binding, Path published) throws IOException {
    Path aside = published.resolveSibling(OLD + Long.toHexString(System.nanoTime()));
    // Young, so that no one's sweep takes it away under us.
    boolean young =
        !Files.isSymbolicLink(published)
            && published.toFile().setLastModified(System.currentTimeMillis());
    try {
      Files.move(published, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return; // Another JVM was faster.
    }
    if (young && Extraction.isGood(binding, aside.toFile())) {
      try {
        Files.move(aside, published, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (IOException e) {
        // One more has published in between; its entry stays, ours goes.
      }
    }
    delete(aside.toFile());
  }

  /** Deletes what dead processes left: our own names only, and only when older than an hour. */
  static void sweep(File base) {
    File[] children = base.listFiles();
    if (children == null) {
      return;
    }
    long limit = System.currentTimeMillis() - OLD_ENOUGH_MILLIS;
    for (File child : children) {
      boolean ours = child.getName().startsWith(NEW) || child.getName().startsWith(OLD);
      if (ours && child.lastModified() < limit) {
        delete(child);
      }
    }
  }

  /** Deletes a directory and what is in it as far as possible; never follows a link. */
  static void delete(File file) {
    if (!Files.isSymbolicLink(file.toPath()) && file.isDirectory()) {
      // Windows has no such mode on a directory, and reports that.
      boolean opened = file.setWritable(true, true) || File.separatorChar == '\\';
      File[] children = opened ? file.listFiles() : null;
      if (children != null) {
        for (File child : children) {
          delete(child);
        }
      }
    }
    if (!file.delete()) {
      return; // Mapped on Windows, or not ours; a later sweep tries again.
    }
  }

  /** The same; what cannot go while it is mapped (Windows) goes when the JVM ends. */
  static void deleteNowOrAtExit(File file) {
    delete(file);
    atExit(file);
  }

  private static void atExit(File file) {
    if (!file.exists()) {
      return;
    }
    file.deleteOnExit(); // In reverse order: what is in a directory goes before it.
    File[] children = Files.isSymbolicLink(file.toPath()) ? null : file.listFiles();
    for (File child : children == null ? new File[0] : children) {
      atExit(child);
    }
  }
}
