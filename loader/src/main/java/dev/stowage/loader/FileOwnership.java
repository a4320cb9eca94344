package dev.stowage.loader;

import dev.stowage.loader.platform.Detector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Whom files may belong to, by number: this process's user and the true root. In a user namespace
 * every owner that is not mapped into it shows as the one overflow id (user_namespaces(7)), so that
 * id says nothing.
 */
final class FileOwnership {
  private static final int STICKY = 01000;

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
    boolean partial = !map.isEmpty() && !map.matches("0\\s+0\\s+4294967295");
    String overflow = Detector.head("/proc/sys/kernel/overflowuid", 32).trim();
    return new FileOwnership(
        self(), partial, overflow.isEmpty() ? 65534 : Integer.parseInt(overflow));
  }

  /** Who this process is to the file system. Java has no geteuid. */
  private static int self() throws IOException {
    String status = Detector.head("/proc/self/status", 1 << 13);
    if (!status.isEmpty()) {
      return PinnedBinding.effectiveUid(status);
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
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    int uid = uid(path);
    boolean unknown = hasUnmapped && uid == unmapped;
    if (unknown ? !above : uid != self && uid != 0) {
      return LoaderMessages.foreignOwner(path, unknown ? null : attributes.owner().getName());
    }
    boolean sticky = above && (attribute(path, "unix:mode") & STICKY) != 0;
    if (!sticky && writableByOthers(attributes, unknown)) {
      return LoaderMessages.writableByOthers(
          path, PosixFilePermissions.toString(attributes.permissions()));
    }
    return null;
  }

  private static int uid(Path path) throws IOException {
    return attribute(path, "unix:uid");
  }

  private static int attribute(Path path, String name) throws IOException {
    return (Integer) Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS);
  }

  /** A group of the owner's own name counts as the owner (user private groups: Debian, Fedora). */
  private static boolean writableByOthers(PosixFileAttributes attributes, boolean unknown) {
    boolean ownGroup =
        !unknown && attributes.group().getName().equals(attributes.owner().getName());
    return attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)
        || (attributes.permissions().contains(PosixFilePermission.GROUP_WRITE) && !ownGroup);
  }
}
