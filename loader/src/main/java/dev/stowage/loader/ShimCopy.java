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

  static void load(PinnedUnit unit, NativeLibrary owner, File directory) throws IOException {
    boolean published = directory.getName().equals(unit.content);
    for (int n = 2; n <= MOST; n++) {
      File copy = new File(new File(directory, Integer.toString(n)), unit.names[PinnedUnit.SHIM]);
      if (!copy.exists()) {
        try {
          make(unit, directory, copy);
        } catch (IOException e) {
          // An override directory, or a cache that is read-only here: a private directory for this
          // JVM.
          File home = Files.createTempDirectory("stowage-").toFile();
          copy = new File(home, copy.getName());
          Files.copy(new File(directory, copy.getName()).toPath(), copy.toPath());
          home.deleteOnExit();
          copy.deleteOnExit();
        }
      }
      boolean good = !published || unit.isIntact(PinnedUnit.SHIM, copy);
      if (good && unit.loadShim(owner, copy)) {
        return;
      }
    }
    throw new IOException(Messages.tooManyCopies(directory, MOST));
  }

  private static void make(PinnedUnit unit, File directory, File copy) throws IOException {
    File parent = copy.getParentFile();
    File entry = parent.getParentFile();
    if (!directory.getName().equals(unit.content)) {
      throw new IOException(Messages.notWritten(directory));
    }
    Path fresh = Temporary.create(entry.getParentFile().toPath());
    try {
      Path file = fresh.resolve(copy.getName());
      Files.copy(new File(directory, copy.getName()).toPath(), file);
      Extraction.seal(file.toFile());
      publish(fresh, parent, entry);
    } finally {
      Temporary.delete(fresh.toFile());
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
