package dev.stowage.loader;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Step 4 in full: may libraries be kept below this directory? Everything on the way from {@code /}
 * must be writable by root and this user only, or be sticky; the loader's own directory must be
 * ours (or root's, then it is read-only).
 */
final class CacheRoot {
  private CacheRoot() {}

  /**
   * The roots that something names, best first. A relative one is among them, so that its refusal
   * is told.
   */
  static List<File> all() {
    List<File> roots = new ArrayList<>();
    for (int place = 0; place < PinnedBinding.CACHE_PLACES; place++) {
      File root = PinnedBinding.cacheRoot(place);
      if (root == null
          && place < PinnedBinding.NAMED_PLACES
          && PinnedBinding.named(place) != null) {
        root = new File(PinnedBinding.named(place));
      }
      if (root != null) {
        roots.add(root);
      }
    }
    return roots;
  }

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
        create(base);
      }
      if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
        return Files.exists(base, LinkOption.NOFOLLOW_LINKS)
            ? LoaderMessages.notADirectory(base)
            : LoaderMessages.missingDirectory(base);
      }
      if (File.separatorChar == '\\') {
        return null;
      }
      return chain(base.toRealPath(), false);
    } catch (IOException | RuntimeException e) {
      return LoaderMessages.ioReason(e);
    }
  }

  /** Why the loader's directory could not be created in a root, or null; changes nothing. */
  static String creationRefusal(File root) {
    if (!root.isAbsolute()) {
      return LoaderMessages.notAbsolute();
    }
    try {
      Path existing = root.toPath();
      while (!Files.exists(existing)) {
        existing = existing.getParent();
      }
      if (!Files.isDirectory(existing)) {
        return LoaderMessages.notADirectory(existing);
      }
      String reason = File.separatorChar == '\\' ? null : chain(existing.toRealPath(), true);
      return reason == null && !Files.isWritable(existing)
          ? LoaderMessages.readOnly(existing, Mounts.readOnly(existing.toFile()))
          : reason;
    } catch (IOException | RuntimeException e) {
      return LoaderMessages.ioReason(e);
    }
  }

  private static void create(Path base) throws IOException {
    // Nothing of ours is put into a place where others could have put a link first.
    String reason = creationRefusal(base.getParent().toFile());
    if (reason != null) {
      throw new IOException(reason);
    }
    if (File.separatorChar == '\\') {
      Files.createDirectories(base);
    } else {
      Files.createDirectories(
          base, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /**
   * Checks a real path and all directories above it.
   *
   * @param above whether the last one is above the loader's own directory as well
   */
  private static String chain(Path real, boolean above) throws IOException {
    FileOwnership owners = FileOwnership.now();
    for (Path path = real; path != null; path = path.getParent()) {
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
  static String foreign(PinnedBinding binding, File entry) {
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
      for (String name : binding.names) {
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
