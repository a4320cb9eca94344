package dev.stowage.loader;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32;

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
    File base = entry.getParentFile();
    StagingDirectory.sweep(base);
    File fresh = StagingDirectory.create(base);
    try {
      for (int index = 0; index < binding.names.length; index++) {
        write(binding, jar, index, new File(fresh, binding.names[index]));
      }
      seal(fresh);
      if (File.separatorChar == '\\' || !fresh.renameTo(entry)) {
        rename(binding, fresh.toPath(), entry.toPath());
      }
    } finally {
      StagingDirectory.delete(fresh);
    }
  }

  /** One pass: the checksum is that of the bytes on their way to the file. */
  private static void write(PinnedBinding binding, NativesLocation jar, int index, File to)
      throws IOException {
    CRC32 crc = new CRC32();
    try (InputStream in = jar.open(binding, index);
        // Not Files.newOutputStream: on Java 8 an interrupted thread gets its channel closed. The
        // directory is fresh and ours, so nothing is there to be overwritten.
        OutputStream out = new FileOutputStream(to)) {
      byte[] buffer = new byte[1 << 16];
      long left = binding.sizes[index];
      for (int read; (read = in.read(buffer)) > 0; left -= read) {
        if (read > left) {
          throw new Mismatch(LoaderMessages.tooLong(binding.names[index], binding.sizes[index]));
        }
        crc.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    boolean strict = Boolean.getBoolean(PinnedBinding.STRICT);
    if (strict ? !binding.isIntact(index, to) : !binding.isPinned(index, to.length(), crc)) {
      throw new Mismatch(differs(binding, index, Files.readAllBytes(to.toPath())));
    }
    seal(to);
  }

  /** The content that {@link #publish} would write, checked in the same way. */
  static byte[][] read(PinnedBinding binding, NativesLocation jar) throws IOException {
    byte[][] all = new byte[binding.names.length][];
    for (int index = 0; index < all.length; index++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (InputStream in = jar.open(binding, index)) {
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = in.read(buffer)) > 0; ) {
          out.write(buffer, 0, read);
          if (out.size() > binding.sizes[index]) {
            throw new Mismatch(LoaderMessages.tooLong(binding.names[index], binding.sizes[index]));
          }
        }
      }
      all[index] = out.toByteArray();
      if (!binding.isAuthentic(index, new ByteArrayInputStream(all[index]))) {
        throw new Mismatch(differs(binding, index, all[index]));
      }
    }
    return all;
  }

  private static String differs(PinnedBinding binding, int index, byte[] content) {
    Target target = Targets.byClassifier(binding.classifier);
    String name = binding.names[index];
    LoadError header = HeaderDiagnosis.header(new File(name), content, target);
    return LoaderMessages.differs(name, header);
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
        && CacheRoot.foreign(entry, binding.names) == null
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
