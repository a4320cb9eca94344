package dev.stowage.loader;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * Step 4 in full: may libraries be kept below this directory? Everything on the way from {@code /}
 * must be writable by root and this user only, or be sticky; the loader's own directory must be
 * ours (or root's, then it is read-only).
 */
final class CacheRoot {
  private CacheRoot() {}

  /** The roots that something names, best first. */
  static List<File> all() {
    List<File> roots = new ArrayList<>();
    for (int place = 0; place < PinnedUnit.CACHE_PLACES; place++) {
      File root = PinnedUnit.cacheRoot(place);
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
    try {
      Path base = root.toPath().resolve("stowage");
      if (create && !Files.exists(base, LinkOption.NOFOLLOW_LINKS)) {
        create(base);
      }
      if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
        return Files.exists(base, LinkOption.NOFOLLOW_LINKS)
            ? Messages.notADirectory(base)
            : Messages.missingDirectory(base);
      }
      if (File.separatorChar == '\\') {
        return null;
      }
      return chain(base.toRealPath(), false);
    } catch (IOException | RuntimeException e) {
      return Messages.ioReason(e);
    }
  }

  /** Why the loader's directory could not be created in a root, or null; changes nothing. */
  static String creationRefusal(File root) {
    try {
      Path existing = root.toPath().toAbsolutePath();
      while (!Files.exists(existing)) {
        existing = existing.getParent();
      }
      if (!Files.isDirectory(existing)) {
        return Messages.notADirectory(existing);
      }
      String reason = File.separatorChar == '\\' ? null : chain(existing.toRealPath(), true);
      return reason == null && !Files.isWritable(existing)
          ? Messages.readOnly(existing, Mounts.readOnly(existing.toFile()))
          : reason;
    } catch (IOException | RuntimeException e) {
      return Messages.ioReason(e);
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
   * Checks a real path and all directories above it; the last one may be sticky when something is
   * created in it.
   */
  private static String chain(Path real, boolean stickyLast) throws IOException {
    UserPrincipal self = self();
    UserPrincipal root = Files.getOwner(real.getRoot());
    for (Path path = real; path != null; path = path.getParent()) {
      PosixFileAttributes attributes = attributes(path);
      if (!attributes.owner().equals(self) && !isRoot(attributes, root)) {
        return Messages.foreignOwner(path, attributes.owner().getName());
      }
      boolean sticky = (stickyLast || !path.equals(real)) && isSticky(path);
      if (!sticky && writableByOthers(attributes)) {
        return Messages.writableByOthers(
            path, PosixFilePermissions.toString(attributes.permissions()));
      }
    }
    return null;
  }

  /**
   * Why the files of a published entry are not to be trusted, or null. Links are never followed.
   */
  static String foreign(PinnedUnit unit, File entry) {
    if (File.separatorChar == '\\') {
      return null;
    }
    try {
      UserPrincipal self = self();
      Path directory = entry.toPath();
      UserPrincipal root = Files.getOwner(directory.toAbsolutePath().getRoot());
      Path[] paths = {
        directory, directory.resolve(unit.names[0]), directory.resolve(unit.names[1])
      };
      for (int i = 0; i < paths.length; i++) {
        PosixFileAttributes attributes = attributes(paths[i]);
        if (i == 0 ? !attributes.isDirectory() : !attributes.isRegularFile()) {
          return Messages.notPlain(paths[i]);
        }
        if (!attributes.owner().equals(self) && !isRoot(attributes, root)) {
          return Messages.foreignOwner(paths[i], attributes.owner().getName());
        }
        if (writableByOthers(attributes)) {
          return Messages.writableByOthers(
              paths[i], PosixFilePermissions.toString(attributes.permissions()));
        }
      }
      return null;
    } catch (IOException | RuntimeException e) {
      return Messages.ioReason(e);
    }
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isRoot(PosixFileAttributes attributes, UserPrincipal root) {
    return attributes.owner().equals(root) || attributes.owner().getName().equals("root");
  }

  private static boolean isSticky(Path path) throws IOException {
    return ((Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 01000)
        != 0;
  }

  /** A group of the owner's own name counts as the owner (user private groups: Debian, Fedora). */
  private static boolean writableByOthers(PosixFileAttributes attributes) {
    boolean ownGroup = attributes.group().getName().equals(attributes.owner().getName());
    return attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)
        || (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE) && !ownGroup);
  }

  /**
   * Who this process is to the file system. Java has no getuid; /proc/self and every new file
   * belong to it.
   */
  private static UserPrincipal self() throws IOException {
    try {
      return Files.getOwner(new File("/proc/self").toPath());
    } catch (NoSuchFileException e) {
      Path probe = Files.createTempFile("stowage", null);
      try {
        return Files.getOwner(probe);
      } finally {
        Files.delete(probe);
      }
    }
  }
}
