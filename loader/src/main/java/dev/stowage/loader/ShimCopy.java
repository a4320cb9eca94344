package dev.stowage.loader;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A second API instance in one JVM (another class loader, or a relocated copy) needs an image of
 * the shim of its own: the JVM runs {@code JNI_OnLoad} once per path. A link would share the image,
 * so it is a real copy, {@code <entry>/<n>/} with n = 2, 3 ..., kept for later starts. Its rpath
 * {@code $ORIGIN/..} leads to the one core.
 */
final class ShimCopy {
  private ShimCopy() {}

  /**
   * The n-th copy, which is made when it is not there; null when the entry cannot be written to.
   *
   * @param name of the library that is wanted
   * @param all names of the libraries that each API instance has for itself: one may need another
   */
  static File of(File entry, int n, String name, List<String> all) {
    File copy = new File(new File(entry, Integer.toString(n)), name);
    try {
      if (!copy.exists()) {
        make(entry, copy.getParentFile(), all);
      }
      return copy;
    } catch (IOException e) {
      return null; // A cache that is read-only here.
    }
  }

  /** A copy in a private temporary directory, for {@link StagingDirectory#deleteNowOrAtExit}. */
  static File temporary(File original) throws IOException {
    File home = Files.createTempDirectory("stowage-").toFile();
    File copy = new File(home, original.getName());
    try {
      Files.copy(original.toPath(), copy.toPath());
      return copy;
    } catch (IOException | RuntimeException e) {
      StagingDirectory.deleteNowOrAtExit(home);
      throw e;
    }
  }

  /** Throws when a fresh copy was not registered. Here, because {@link NativeLibrary} may not. */
  static void check(boolean registered, File copy) throws IOException {
    if (!registered) {
      throw new IOException(LoaderMessages.notRegistered(copy));
    }
  }

  private static void make(File entry, File to, List<String> names) throws IOException {
    File fresh = StagingDirectory.fresh(entry.getParentFile());
    try {
      for (String name : names) {
        File file = new File(fresh, name);
        Files.copy(new File(entry, name).toPath(), file.toPath());
        StagingDirectory.seal(file);
      }
      publish(fresh.toPath(), to, entry);
    } finally {
      StagingDirectory.delete(fresh);
    }
  }

  /**
   * Renames into the entry, which is not writable; another JVM may close it again in between, so a
   * few rounds.
   */
  private static void publish(Path fresh, File to, File entry) throws IOException {
    for (int round = 0; ; round++) {
      boolean opened = entry.setWritable(true, true);
      try {
        Files.move(fresh, to.toPath(), StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (IOException e) {
        if (to.exists()) {
          return; // Another JVM's copy, made in the same moment.
        }
        if (!opened || round == 100) {
          throw e;
        }
      } finally {
        StagingDirectory.seal(entry);
      }
    }
  }
}
