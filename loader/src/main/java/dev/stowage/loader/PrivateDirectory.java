package dev.stowage.loader;

import java.io.File;
import java.io.IOException;

/**
 * Directories of mode 0700, made with {@code java.io.File}: in a fresh JVM {@code
 * PosixFilePermissions} cost up to 13 ms. {@code File.mkdir} obeys the umask, so for a moment
 * others may be able to write to a directory; hence it has a name that nobody knows, is closed, and
 * must then be empty, before it gets its own name or anything is put into it.
 */
final class PrivateDirectory {
  private PrivateDirectory() {}

  /**
   * A new directory.
   *
   * @param parent where it is made
   * @param prefix beginning of its name
   */
  static File fresh(File parent, String prefix) throws IOException {
    File directory;
    long n = System.nanoTime();
    do {
      directory = new File(parent, prefix + Long.toHexString(n++));
      // False when the name is taken, by another JVM in the same nanosecond, and on any other
      // error.
    } while (!directory.mkdir() && directory.exists());
    close(directory);
    return directory;
  }

  /** Makes a directory and those above it that are missing; one that is there stays as it is. */
  static void create(File directory) throws IOException {
    while (!directory.isDirectory()) {
      File first = directory;
      StringBuilder below = new StringBuilder();
      while (!first.getParentFile().isDirectory()) {
        below.insert(0, File.separator + first.getName());
        first = first.getParentFile();
      }
      File tree = fresh(first.getParentFile(), ".stowage-");
      try {
        File made = tree;
        for (String name : below.toString().split(File.separator.equals("/") ? "/" : "\\\\")) {
          if (!name.isEmpty()) {
            made = new File(made, name);
            if (!made.mkdir()) {
              throw new IOException(LoaderMessages.cannotCreate(directory));
            }
            close(made);
          }
        }
        // Another program may have made it in this moment; then what is missing is made in there.
        if (!tree.renameTo(first) && !first.isDirectory()) {
          throw new IOException(LoaderMessages.cannotCreate(directory));
        }
      } finally {
        StagingDirectory.delete(tree);
      }
    }
  }

  /** Takes a directory from everybody else; nothing may have been put into it before. */
  private static void close(File directory) throws IOException {
    boolean closed =
        directory.setReadable(false, false)
            & directory.setWritable(false, false)
            & directory.setExecutable(false, false)
            & directory.setReadable(true, true)
            & directory.setWritable(true, true)
            & directory.setExecutable(true, true);
    String[] children = directory.list();
    if (File.separatorChar == '/' && !closed || children == null || children.length > 0) {
      throw new IOException(LoaderMessages.cannotCreate(directory));
    }
  }
}
