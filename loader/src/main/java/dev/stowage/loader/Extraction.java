package dev.stowage.loader;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Step 5 on a miss: writes a binding's files to a private temporary directory, checks them, and
 * publishes the directory whole with one rename. Nothing published is ever written again, so a JVM
 * that has it mapped is safe. No locks: of two JVMs the later one finds the name taken and uses the
 * winner's. No fsync: content is checked on every start, so what a power cut damages is extracted
 * again.
 */
final class Extraction {
  /** Each lost round means that another JVM has got further, so a few are enough. */
  private static final int MOST_ROUNDS = 20;

  private Extraction() {}

  /** The JAR's content is not what the pins say. */
  static final class Mismatch extends IOException {
    private static final long serialVersionUID = 1;

    Mismatch(String message) {
      super(message);
    }
  }

  static void publish(PinnedBinding binding, NativesLocation jar, File entry) throws IOException {
    Path base = entry.toPath().getParent();
    StagingDirectory.sweep(base);
    Path fresh = StagingDirectory.create(base);
    try {
      for (int index = 0; index < binding.names.length; index++) {
        write(binding, jar, index, fresh.resolve(binding.names[index]));
      }
      seal(fresh.toFile());
      rename(binding, fresh, entry.toPath());
    } finally {
      StagingDirectory.delete(fresh.toFile());
    }
  }

  private static void write(PinnedBinding binding, NativesLocation jar, int index, Path to)
      throws IOException {
    try (InputStream in = jar.open(binding, index);
        // Not Files.newOutputStream: on Java 8 an interrupted thread gets its channel closed. The
        // directory is fresh and ours, so nothing is there to be overwritten.
        OutputStream out = new FileOutputStream(to.toFile())) {
      byte[] buffer = new byte[1 << 16];
      long left = binding.sizes[index];
      for (int read; (read = in.read(buffer)) > 0; left -= read) {
        if (read > left) {
          throw new Mismatch(LoaderMessages.tooLong(binding.names[index], binding.sizes[index]));
        }
        out.write(buffer, 0, read);
      }
    }
    try (InputStream written = new FileInputStream(to.toFile())) {
      if (!binding.isIntact(index, written)) {
        throw new Mismatch(
            LoaderMessages.differs(binding.names[index], header(binding, index, to)));
      }
    }
    seal(to.toFile());
  }

  private static LoadError header(PinnedBinding binding, int index, Path file) throws IOException {
    Target target = Targets.byClassifier(binding.classifier);
    return HeaderDiagnosis.header(new File(binding.names[index]), Files.readAllBytes(file), target);
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

  /** Whether a published entry is whole, undamaged and ours. */
  static boolean isGood(PinnedBinding binding, File entry) {
    return binding.isComplete(entry)
        && CacheRoot.foreign(binding, entry) == null
        && binding.isIntact(entry);
  }

  /** Publishes, or finds that another JVM has; a bad entry in the way is set aside. */
  private static void rename(PinnedBinding binding, Path fresh, Path entry) throws IOException {
    for (int round = 0; ; round++) {
      try {
        Files.move(fresh, entry, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (IOException e) {
        if (isGood(binding, entry.toFile())) {
          return; // The winner's.
        }
        if (round == MOST_ROUNDS) {
          throw e;
        }
        StagingDirectory.discard(binding, entry);
      }
    }
  }
}
