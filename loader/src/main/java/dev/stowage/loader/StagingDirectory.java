package dev.stowage.loader;

import dev.stowage.loader.platform.Detector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

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
  static File fresh(File base) throws IOException {
    for (long n = System.nanoTime(); ; n++) {
      File directory = new File(base, NEW + Long.toHexString(n));
      if (create(directory)) {
        return directory;
      }
    }
  }

  /** A name for what is moved out of the way. */
  static File aside(File base) {
    return new File(base, OLD + Long.toHexString(System.nanoTime()));
  }

  /**
   * Creates one directory of mode 0700; false when the name is taken. Under the usual umask nobody
   * else can write to a new directory, not even before its mode is set; a list of what is in it
   * then proves the same where access control lists overrule the umask. Under any other umask the
   * directory is made with its mode, through {@code java.nio.file}, which takes some ten classes
   * that no other part of a start needs.
   */
  static boolean create(File directory) throws IOException {
    if (File.separatorChar == '\\' || !isPrivate(Detector.head("/proc/self/status", 1 << 13))) {
      return createWithMode(directory);
    }
    if (!directory.mkdir()) {
      return createWithMode(directory); // Which says why.
    }
    boolean done =
        directory.setReadable(false, false)
            && directory.setExecutable(false, false)
            && directory.setWritable(false, false)
            && directory.setWritable(true, true)
            && directory.setReadable(true, true)
            && directory.setExecutable(true, true);
    String[] children = directory.list();
    if (!done || children == null || children.length > 0) {
      throw new IOException(LoaderMessages.cannotSeal(directory));
    }
    return true;
  }

  /**
   * Whether the umask keeps others from writing to what this process creates.
   *
   * @param status of a process (proc(5), since Linux 4.7)
   */
  static boolean isPrivate(String status) {
    String key = "\nUmask:\t";
    int at = status.indexOf(key);
    int end = status.indexOf('\n', at + 1);
    return at >= 0
        && end > at + key.length()
        && (Integer.parseInt(status.substring(at + key.length(), end), 8) & 022) == 022;
  }

  private static boolean createWithMode(File directory) throws IOException {
    Path path = directory.toPath();
    try {
      if (File.separatorChar == '\\') {
        Files.createDirectory(path);
      } else {
        Files.createDirectory(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return true;
    } catch (IOException e) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Mode 0500. Nothing on Windows, where the read-only attribute would only keep a file from being
   * deleted.
   */
  static void seal(File file) throws IOException {
    boolean done =
        file.setExecutable(true, true)
            && file.setReadable(false, false)
            && file.setReadable(true, true);
    if (File.separatorChar == '/' && !(done && file.setWritable(false, false))) {
      throw new IOException(LoaderMessages.cannotSeal(file));
    }
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
