package dev.stowage.loader;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Step 4 in full: may libraries be kept below this directory? Everything on the way from {@code /}
 * must be writable by root and this user only, or be sticky; the loader's own directory must be
 * ours (or root's, then it is read-only). Every method takes this process's effective user, as
 * {@link FileOwnership#of} does.
 */
final class CacheRoot {
  private CacheRoot() {}

  /**
   * Why a root cannot be used, or null.
   *
   * @param create whether to create what is missing, private to this user; without it a missing
   *     directory is a reason
   */
  static String refusal(File root, boolean create, int self) {
    if (!root.isAbsolute()) {
      return LoaderMessages.notAbsolute();
    }
    try {
      Path base = root.toPath().resolve("stowage");
      Path trusted = null;
      if (create && !base.toFile().exists()) {
        // Nothing of ours is put into a place where others could have put a link first.
        Path existing = existing(root).toPath();
        String reason = creationRefusal(existing, self);
        if (reason != null) {
          return reason;
        }
        create(base, existing);
        trusted = existing.toRealPath();
      }
      if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
        return Files.exists(base, LinkOption.NOFOLLOW_LINKS)
            ? LoaderMessages.notADirectory(base)
            : LoaderMessages.missingDirectory(base);
      }
      return File.separatorChar == '\\' ? null : chain(base.toRealPath(), false, trusted, self);
    } catch (IOException | RuntimeException e) {
      return ioReason(root, e);
    }
  }

  /**
   * The same without creating anything: a root that is only missing counts by the place where it
   * would be made.
   */
  static String foreseen(File root, int self) {
    if (!root.isAbsolute()) {
      return LoaderMessages.notAbsolute();
    }
    try {
      String reason =
          Files.exists(root.toPath().resolve("stowage"), LinkOption.NOFOLLOW_LINKS)
              ? refusal(root, false, self)
              : creationRefusal(existing(root).toPath(), self);
      return reason != null ? reason : kernelOwn(existing(root));
    } catch (IOException | RuntimeException e) {
      return ioReason(root, e);
    }
  }

  /** The root itself, or the nearest directory above it that is there. */
  private static File existing(File root) {
    File existing = root;
    while (!existing.exists()) {
      existing = existing.getParentFile();
    }
    return existing;
  }

  /** Why the loader's directory could not be created below an existing one, or null. */
  private static String creationRefusal(Path existing, int self) throws IOException {
    if (!Files.isDirectory(existing)) {
      return LoaderMessages.notADirectory(existing);
    }
    String reason =
        File.separatorChar == '\\' ? null : chain(existing.toRealPath(), true, null, self);
    if (reason == null && !Files.isWritable(existing)) {
      String kernel = kernelOwn(existing.toFile());
      return kernel != null
          ? kernel
          : LoaderMessages.readOnly(existing, Mounts.readOnly(existing.toFile()));
    }
    return reason;
  }

  private static String kernelOwn(File existing) {
    String type = Mounts.kernelOwn(existing);
    return type == null ? null : LoaderMessages.notForFiles(existing, type);
  }

  private static String ioReason(File root, Exception e) {
    String kernel = kernelOwn(existing(root));
    return kernel != null ? kernel : LoaderMessages.ioReason(e);
  }

  /** Creates the missing directories, from the top. */
  private static void create(Path base, Path existing) throws IOException {
    if (base.equals(existing)) {
      return; // Another JVM's, made in this moment.
    }
    create(base.getParent(), existing);
    if (!base.toFile().exists() && !StagingDirectory.create(base.toFile())) {
      return; // The same, or a link that leads nowhere, which is refused later.
    }
  }

  /**
   * Checks a real path and all directories above it.
   *
   * @param above whether the last one is above the loader's own directory as well
   * @param trusted a real path whose check has gone well, or null
   */
  private static String chain(Path real, boolean above, Path trusted, int self) throws IOException {
    FileOwnership owners = FileOwnership.of(self);
    for (Path path = real; path != null && !path.equals(trusted); path = path.getParent()) {
      String reason = owners.refusal(path, above || !path.equals(real));
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  /**
   * Why the files of a published entry are not to be trusted, or null. Links are never followed.
   */
  static String foreign(File entry, String[] names, int self) {
    if (File.separatorChar == '\\') {
      return null;
    }
    try {
      FileOwnership owners = FileOwnership.of(self);
      Path directory = entry.toPath();
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        return LoaderMessages.notPlain(directory);
      }
      String reason = owners.refusal(directory, false);
      for (String name : names) {
        Path file = directory.resolve(name);
        if (reason == null && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          return LoaderMessages.notPlain(file);
        }
        reason = reason == null ? owners.refusal(file, false) : reason;
      }
      return reason;
    } catch (IOException | RuntimeException e) {
      return LoaderMessages.ioReason(e);
    }
  }
}
