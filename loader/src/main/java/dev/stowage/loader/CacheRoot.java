package dev.stowage.loader;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Step 4 in full: may libraries be kept below this directory? Everything on the way from {@code /}
 * must be writable by root and this user only, or be sticky; the loader's own directory must be
 * ours (or root's, then it is read-only).
 */
final class CacheRoot {
  private CacheRoot() {}

  /**
   * Why a root cannot be used, or null.
   *
   * @param create whether to create what is missing, private to this user; without it a missing
   *     directory is a reason
   */
  static String refusal(File root, boolean create) {
    if (!root.isAbsolute()) {
      return LoaderMessages.notAbsolute();
    }
    try {
      Path base = root.toPath().resolve("stowage");
      if (create && !Files.exists(base, LinkOption.NOFOLLOW_LINKS)) {
        // Nothing of ours is put into a place where others could have put a link first.
        String reason = creationRefusal(root);
        if (reason != null) {
          return reason;
        }
        PrivateDirectory.create(base.toFile());
      }
      if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
        return Files.exists(base, LinkOption.NOFOLLOW_LINKS)
            ? LoaderMessages.notADirectory(base)
            : LoaderMessages.missingDirectory(base);
      }
      return File.separatorChar == '\\' ? null : chain(base.toFile().getCanonicalFile(), false);
    } catch (IOException | RuntimeException e) {
      return LoaderMessages.ioReason(e);
    }
  }

  /** Why a root could not be used, or null; creates nothing. */
  static String predictedRefusal(File root) {
    String refusal =
        new File(root, "stowage").exists() ? refusal(root, false) : creationRefusal(root);
    return refusal != null ? refusal : mountRefusal(root);
  }

  /** The same for a directory in which a private one would be created. */
  static String predictedRefusalOf(File parent) {
    String refusal = creationRefusal(parent);
    return refusal != null ? refusal : mountRefusal(parent);
  }

  private static String mountRefusal(File root) {
    String kernel = Mounts.kernelOwn(root);
    if (kernel != null) {
      return LoaderMessages.notForFiles(root, kernel);
    }
    String mount = Mounts.noExec(root);
    return mount == null ? null : LoaderMessages.noExecMount(root, mount);
  }

  /** Why the loader's directory could not be created in a root, or null; changes nothing. */
  private static String creationRefusal(File root) {
    if (!root.isAbsolute()) {
      return LoaderMessages.notAbsolute();
    }
    try {
      File existing = root;
      while (!existing.exists()) {
        existing = existing.getParentFile();
      }
      if (!existing.isDirectory()) {
        return LoaderMessages.notADirectory(existing);
      }
      String reason = File.separatorChar == '\\' ? null : chain(existing.getCanonicalFile(), true);
      return reason == null && !existing.canWrite()
          ? LoaderMessages.readOnly(existing, Mounts.readOnly(existing))
          : reason;
    } catch (IOException | RuntimeException e) {
      return LoaderMessages.ioReason(e);
    }
  }

  /**
   * Checks a real path and all directories above it.
   *
   * @param above whether the last one is above the loader's own directory as well
   */
  private static String chain(File real, boolean above) throws IOException {
    FileOwnership owners = FileOwnership.now();
    for (File path = real; path != null; path = path.getParentFile()) {
      String reason = owners.refusal(path.toPath(), above || path != real);
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  /**
   * Why the files of a published entry are not to be trusted, or null. Links are never followed.
   */
  static String foreign(File entry, String[] names) {
    if (File.separatorChar == '\\') {
      return null;
    }
    try {
      FileOwnership owners = FileOwnership.now();
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
