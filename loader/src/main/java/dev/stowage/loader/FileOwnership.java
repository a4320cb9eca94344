package dev.stowage.loader;

import dev.stowage.loader.platform.Detector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Whom files may belong to, by number: this process's user and the true root. In a user namespace
 * every owner that is not mapped into it shows as the one overflow id (user_namespaces(7)), so that
 * id says nothing.
 */
final class FileOwnership {
  /** Bits of a mode, inode(7). */
  private static final int STICKY = 01000;

  private static final int GROUP_WRITE = 0020;
  private static final int OTHERS_WRITE = 0002;

  private final int self;
  private final boolean hasUnmapped;
  private final int unmapped;

  private FileOwnership(int self, boolean hasUnmapped, int unmapped) {
    this.self = self;
    this.hasUnmapped = hasUnmapped;
    this.unmapped = unmapped;
  }

  /**
   * The rule for this process.
   *
   * @param self its effective user, or -1 when the system does not say; Java has no geteuid
   */
  static FileOwnership of(int self) throws IOException {
    String map = Detector.head("/proc/self/uid_map", 4096).trim();
    // The initial namespace maps all 2^32 - 1 ids to themselves; without a map there are none.
    boolean whole = map.replace(" ", "").equals("004294967295") && map.startsWith("0 ");
    String overflow = Detector.head("/proc/sys/kernel/overflowuid", 32).trim();
    return new FileOwnership(
        self < 0 ? probe() : self,
        !map.isEmpty() && !whole,
        overflow.isEmpty() ? 65534 : Integer.parseInt(overflow));
  }

  private static int probe() throws IOException {
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
    // As numbers: the first name of an owner or a group costs a process some milliseconds.
    Map<String, Object> attributes =
        Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) attributes.get("mode");
    int uid = (Integer) attributes.get("uid");
    boolean unknown = hasUnmapped && uid == unmapped;
    if (unknown ? !above : uid != self && uid != 0) {
      return LoaderMessages.foreignOwner(
          path, unknown ? null : Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName());
    }
    boolean sticky = above && (mode & STICKY) != 0;
    boolean others =
        (mode & OTHERS_WRITE) != 0 || (mode & GROUP_WRITE) != 0 && (unknown || !isOwnGroup(path));
    return others && !sticky ? LoaderMessages.writableByOthers(path, modeOf(path)) : null;
  }

  private static int uid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  /** A group of the owner's own name counts as the owner (user private groups: Debian, Fedora). */
  private static boolean isOwnGroup(Path path) throws IOException {
    PosixFileAttributes attributes = posix(path);
    return attributes.group().getName().equals(attributes.owner().getName());
  }

  private static String modeOf(Path path) throws IOException {
    return PosixFilePermissions.toString(posix(path).permissions());
  }

  private static PosixFileAttributes posix(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
