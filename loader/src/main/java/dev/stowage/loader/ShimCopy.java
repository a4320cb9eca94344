package dev.stowage.loader;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A second API instance in one JVM (another class loader, or a relocated copy) needs an image of
 * the shim of its own: the JVM runs {@code JNI_OnLoad} once per path. A link would share the image,
 * so it is a real copy, {@code <entry>/<n>/} with n = 2, 3 ..., kept for later starts. Its rpath
 * {@code $ORIGIN/..} leads to the one core.
 */
final class ShimCopy {
  private static final int MOST = 1000;

  private ShimCopy() {}

  /**
   * Loads a copy.
   *
   * @param published whether the directory is an entry of our cache and may get one
   */
  static void load(
      PinnedBinding binding, int index, NativeLibrary owner, File directory, boolean published)
      throws IOException {
    for (int n = 2; published && n <= MOST; n++) {
      File copy = new File(new File(directory, Integer.toString(n)), binding.names[index]);
      try {
        if (!copy.exists()) {
          make(binding, directory, copy.getParentFile());
        }
      } catch (IOException e) {
        break; // A cache that is read-only here.
      }
      if (binding.isIntact(index, copy) && binding.loadOwn(owner, index, copy)) {
        return;
      }
    }
    File home = Files.createTempDirectory("stowage-").toFile();
    try {
      File copy = new File(home, binding.names[index]);
      Files.copy(new File(directory, copy.getName()).toPath(), copy.toPath());
      if (!binding.loadOwn(owner, index, copy)) {
        throw new IOException(LoaderMessages.notRegistered(copy));
      }
    } finally {
      StagingDirectory.deleteNowOrAtExit(home);
    }
  }

  /** Copies all libraries that each API instance has for itself, because one may need another. */
  private static void make(PinnedBinding binding, File directory, File to) throws IOException {
    Path fresh = StagingDirectory.create(directory.getParentFile()).toPath();
    try {
      for (int i = 0; i < binding.names.length; i++) {
        if (binding.isPerInstance(i)) {
          Path file = fresh.resolve(binding.names[i]);
          Files.copy(new File(directory, binding.names[i]).toPath(), file);
          Extraction.seal(file.toFile());
        }
      }
      publish(fresh, to, directory);
    } finally {
      StagingDirectory.delete(fresh.toFile());
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
        Extraction.seal(entry);
      }
    }
  }
}
