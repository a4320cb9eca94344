package dev.stowage.loader;

import dev.stowage.loader.platform.Targets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * Step 5 on a miss: writes a binding's files to a private temporary directory, checks them on the
 * way, and publishes the directory whole with one rename. Nothing published is ever written again,
 * so a JVM that has it mapped is safe. No locks: of two JVMs the later one finds the name taken and
 * uses the winner's. No fsync: content is checked on every start, so what a power cut damages is
 * extracted again.
 *
 * <p>A place with other content is a result, not an exception; an {@code IOException} means that
 * the cache cannot be written to.
 */
final class Extraction {
  /** Each lost round means that another JVM has got further, so a few are enough. */
  private static final int MOST_ROUNDS = 20;

  /** Stands for the sentence, which is made from all of the content. */
  private static final String OTHER_CONTENT = "";

  private final PinnedBinding binding;
  private final NativesLocation jar;
  private ZipFile zip;

  /** Why the place could not be read, or null. */
  private Exception failure;

  private Extraction(PinnedBinding binding, NativesLocation jar) {
    this.binding = binding;
    this.jar = jar;
  }

  /**
   * Publishes a binding from one place.
   *
   * @return why the content of the place is not to be used, or null
   */
  static String publish(PinnedBinding binding, NativesLocation jar, File entry) throws IOException {
    StagingDirectory.sweep(entry.getParentFile());
    File fresh = StagingDirectory.fresh(entry.getParentFile());
    boolean moved = false;
    try {
      String reason = new Extraction(binding, jar).all(fresh, null);
      if (reason == null) {
        StagingDirectory.seal(fresh);
        moved = fresh.renameTo(entry) || rename(binding, fresh.toPath(), entry.toPath());
      }
      return reason;
    } finally {
      if (!moved) {
        StagingDirectory.delete(fresh);
      }
    }
  }

  /**
   * The same without writing anything, by SHA-256.
   *
   * @param contents where the content of the files goes
   */
  static String examine(PinnedBinding binding, NativesLocation jar, byte[][] contents)
      throws IOException {
    return new Extraction(binding, jar).all(null, contents);
  }

  private String all(File fresh, byte[][] contents) throws IOException {
    try {
      zip = jar.openZip();
    } catch (Exception e) {
      return LoaderMessages.ioReason(e);
    }
    try {
      String reason = null;
      for (int index = 0; index < binding.names.length && reason == null; index++) {
        reason =
            fresh == null
                ? examine(index, contents)
                : write(index, new File(fresh, binding.names[index]));
      }
      return reason;
    } finally {
      if (zip != null) {
        zip.close();
      }
    }
  }

  private String write(int index, File to) throws IOException {
    String reason;
    // Not Files.newOutputStream: on Java 8 an interrupted thread gets its channel closed. The
    // directory is fresh and ours, so nothing is there to be overwritten.
    try (OutputStream out = new FileOutputStream(to)) {
      reason = copy(index, out);
    }
    if (reason == null && PinnedBinding.isStrict()) {
      try (InputStream written = new FileInputStream(to)) {
        reason = binding.isAuthentic(index, written) ? null : OTHER_CONTENT;
      }
    }
    if (reason == null) {
      StagingDirectory.seal(to);
    }
    return OTHER_CONTENT.equals(reason) ? differs(index, to) : reason;
  }

  private String examine(int index, byte[][] contents) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String reason = copy(index, out);
    contents[index] = out.toByteArray();
    if (reason == null) {
      InputStream written = new ByteArrayInputStream(contents[index]);
      reason = binding.isAuthentic(index, written) ? null : OTHER_CONTENT;
    }
    return OTHER_CONTENT.equals(reason) ? differs(index, contents[index]) : reason;
  }

  /** Why a library is not the pinned one, null when it is; {@link #OTHER_CONTENT} on its digest. */
  private String copy(int index, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    CRC32 crc = new CRC32();
    long size = 0;
    InputStream in = open(binding.names[index]);
    try {
      for (int read; (read = read(in, buffer)) > 0; ) {
        size += read;
        if (size > binding.sizes[index]) {
          return LoaderMessages.tooLong(binding.names[index], binding.sizes[index]);
        }
        crc.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    } finally {
      if (in != null) {
        in.close();
      }
    }
    if (failure != null) {
      return LoaderMessages.ioReason(failure);
    }
    return binding.isPinned(index, size, crc.getValue()) ? null : OTHER_CONTENT;
  }

  private InputStream open(String name) {
    try {
      return jar.open(zip, name);
    } catch (Exception e) {
      failure = e;
      return null;
    }
  }

  private int read(InputStream in, byte[] buffer) {
    try {
      return in == null ? -1 : in.read(buffer);
    } catch (Exception e) {
      failure = e;
      return -1;
    }
  }

  private String differs(int index, File file) throws IOException {
    return differs(index, Files.readAllBytes(file.toPath()));
  }

  private String differs(int index, byte[] content) {
    LoadError header =
        HeaderDiagnosis.header(
            new File(binding.names[index]), content, Targets.byClassifier(binding.classifier));
    return LoaderMessages.differs(binding.names[index], header == null ? null : header.found);
  }

  /** Whether a published entry is whole, undamaged and ours. */
  static boolean isGood(PinnedBinding binding, File entry) {
    return binding.isComplete(entry)
        && CacheRoot.foreign(entry, binding.names, PinnedBinding.self()) == null
        && binding.isIntact(entry);
  }

  /**
   * Publishes, or finds that another JVM has; a bad entry in the way is set aside. Returns whether
   * the directory has moved.
   */
  private static boolean rename(PinnedBinding binding, Path fresh, Path entry) throws IOException {
    for (int round = 0; ; round++) {
      try {
        Files.move(fresh, entry, StandardCopyOption.ATOMIC_MOVE);
        return true;
      } catch (IOException e) {
        if (isGood(binding, entry.toFile())) {
          return false; // The winner's.
        }
        if (round == MOST_ROUNDS) {
          throw e;
        }
        discard(binding, entry);
      }
    }
  }

  /**
   * Renames a bad entry aside, then deletes it: a process that has it mapped keeps its files.
   * Between the caller's look and the rename another JVM may have published a good one, which goes
   * back.
   */
  static void discard(PinnedBinding binding, Path published) throws IOException {
    Path aside = StagingDirectory.aside(published.getParent().toFile()).toPath();
    // Young, so that no one's sweep takes it away under us.
    boolean young =
        !Files.isSymbolicLink(published)
            && published.toFile().setLastModified(System.currentTimeMillis());
    try {
      Files.move(published, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (Files.exists(published, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      return; // Another JVM was faster.
    }
    if (young && isGood(binding, aside.toFile())) {
      try {
        Files.move(aside, published, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (IOException e) {
        // One more has published in between; its entry stays, ours goes.
      }
    }
    StagingDirectory.delete(aside.toFile());
  }
}
