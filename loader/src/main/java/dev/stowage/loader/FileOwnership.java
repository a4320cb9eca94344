package dev.stowage.loader;

import dev.stowage.loader.platform.Detector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Map;

/**
 * Whom files may belong to, by number: this process's user and the true root. In a user namespace
 * every owner that is not mapped into it shows as the one overflow id (user_namespaces(7)), so that
 * id says nothing.
 */
final class FileOwnership {
  private static final int STICKY = 01000;
  private static final int GROUP_WRITE = 020;
  private static final int OTHERS_WRITE = 02;

  private final int self;
  private final boolean hasUnmapped;
  private final int unmapped;

  private FileOwnership(int self, boolean hasUnmapped, int unmapped) {
    this.self = self;
    this.hasUnmapped = hasUnmapped;
    this.unmapped = unmapped;
  }

  static FileOwnership now() throws IOException {
    String map = Detector.head("/proc/self/uid_map", 4096).trim();
    // The initial namespace maps all 2^32 - 1 ids to themselves; without a map there are none.
    boolean partial = !map.isEmpty() && !map.replace(" ", "").equals("004294967295");
    String overflow = Detector.head("/proc/sys/kernel/overflowuid", 32).trim();
    return new FileOwnership(
        self(), partial, overflow.isEmpty() ? 65534 : Integer.parseInt(overflow));
  }

  /** Who this process is to the file system. Java has no geteuid. */
  private static int self() throws IOException {
    String status = Detector.head("/proc/self/status", 1 << 13);
    if (!status.isEmpty()) {
      return Detector.effectiveUid(status);
    }
    Path probe = Files.createTempFile("stowage", null);
    try {
      return uid(probe);
    } finally {
      Files.delete(probe);
    }
  }

  /**
   * Why a file or directory is not to be trusted, or null. Links are never followed.
   *
   * @param above a directory above the loader's own: nothing in it is loaded, so it only matters
   *     who can write to it, and a sticky one keeps others from moving what is ours (its owner may,
   *     and then what is there is no longer ours); rootless containers often have only /tmp
   */
  String refusal(Path path, boolean above) throws IOException {
    // One call for three numbers: names cost a look into the system's lists of users and groups.
    Map<String, Object> attributes =
        Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) attributes.get("mode");
    int uid = (Integer) attributes.get("uid");
    boolean unknown = hasUnmapped && uid == unmapped;
    if (unknown ? !above : uid != self && uid != 0) {
      return LoaderMessages.foreignOwner(
          path, unknown ? null : Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName());
    }
    boolean sticky = above && (mode & STICKY) != 0;
    if (!sticky && isWritableByOthers(path, mode, unknown)) {
      return LoaderMessages.writableByOthers(path, permissions(mode));
    }
    return null;
  }

  private static int uid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  /** A group of the owner's own name counts as the owner (user private groups: Debian, Fedora). */
  private static boolean isWritableByOthers(Path path, int mode, boolean unknown)
      throws IOException {
    if ((mode & GROUP_WRITE) == 0 || (mode & OTHERS_WRITE) != 0) {
      return (mode & OTHERS_WRITE) != 0;
    }
    return unknown || !OwnGroup.isOf(path);
  }

  /** As ls(1) writes them, without the kind of file. */
  private static String permissions(int mode) {
    StringBuilder text = new StringBuilder();
    for (int bit = 8; bit >= 0; bit--) {
      text.append((mode & 1 << bit) == 0 ? '-' : "xwr".charAt(bit % 3));
    }
    return text.toString();
  }

  /** In a class of its own, because it needs many of the JDK's, and few files need it. */
  private static final class OwnGroup {
    static boolean isOf(Path path) throws IOException {
      PosixFileAttributes names =
          Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return names.group().getName().equals(names.owner().getName());
    }
  }
}
