package dev.stowage.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The user of a child process and its view of the file systems.
 *
 * <p>Root may write everywhere, so a refused write can only be shown as another user; mounts live
 * in a mount namespace of the child and vanish with it.
 *
 * @param user number of the user and group that the child runs as, without further groups; 0: the
 *     user of this test JVM
 * @param mounts shell commands that prepare the child's mounts, run as root in its own namespace
 */
public record Sandbox(int user, List<String> mounts) {
  /** The user and group "nobody": owns nothing on a common system. */
  public static final int NOBODY = 65534;

  /** Exit code of a child whose sandbox is not what the test asked for. */
  public static final int NOT_REAL = 99;

  /** The user of this test JVM, nothing mounted. */
  public static Sandbox none() {
    return new Sandbox(0, List.of());
  }

  /** The user "nobody". Skips the test, with the reason, where we cannot become another user. */
  public static Sandbox ordinaryUser() {
    return user(NOBODY);
  }

  /** The user of that number; skips like {@link #ordinaryUser}. */
  public static Sandbox user(int number) {
    assumeRoot();
    return new Sandbox(number, List.of());
  }

  /** An ordinary user where the tests run as root; elsewhere the tests' own, who is one. */
  public static Sandbox unprivileged() {
    return isRoot() ? ordinaryUser() : none();
  }

  /** The same with an empty tmpfs of that size (bytes) and those extra options over a directory. */
  public Sandbox tmpfs(Path directory, long size, String options) {
    return with(
        String.format(
            "mount -t tmpfs -o mode=0755,uid=%1$d,gid=%1$d,size=%2$d%3$s tmpfs '%4$s'",
            user, size, options, directory));
  }

  /** The same with a directory's content shown read-only. */
  public Sandbox readOnly(Path directory) {
    return with(
        String.format("mount --bind '%1$s' '%1$s' && mount -o remount,bind,ro '%1$s'", directory));
  }

  /** The same with one directory shown in the place of another. */
  public Sandbox bind(Path directory, Path over) {
    return with(String.format("mount --bind '%s' '%s'", directory, over));
  }

  /** The same with an empty directory that only root may write to. */
  public Sandbox rootOnly(Path directory) {
    return with("mount -t tmpfs -o mode=0755,uid=0,gid=0 tmpfs '" + directory + "'");
  }

  /** The same with a tmpfs that is full to its last page. */
  public Sandbox full(Path directory, long size) {
    // The fill ends with ENOSPC, which is the point; what it left is the full file system.
    return tmpfs(directory, size, "")
        .with("cat /dev/zero >'" + directory + "/fill' 2>/dev/null || true");
  }

  private Sandbox with(String mount) {
    assumeRoot();
    List<String> more = new ArrayList<>(mounts);
    more.add("{ " + mount + "; } || exit " + NOT_REAL);
    return new Sandbox(user, List.copyOf(more));
  }

  /** Skips the calling test where it does not run as root. */
  public static void assumeRoot() {
    assumeTrue(
        isRoot(),
        "needs root: becomes another user (setpriv) and mounts in a namespace of its own (unshare)");
  }

  /** Gives a directory and all in it to the user that the child runs as. */
  public void own(Path directory) {
    if (user == 0) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        give(file, user);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives one file or directory to the user and group of that number. */
  public static void give(Path file, int number) throws IOException {
    Files.setAttribute(file, "unix:uid", number);
    Files.setAttribute(file, "unix:gid", number);
  }

  /**
   * The command inside this sandbox. Every program on the way replaces itself, so the process id
   * stays the command's.
   *
   * @param becomesUser the command needs root to start and becomes STOWAGE_RUNTIME_USER by itself
   */
  List<String> wrap(List<String> command, boolean becomesUser) {
    StringBuilder script = new StringBuilder("set -e; ulimit -c 0; ");
    mounts.forEach(mount -> script.append(mount).append("; "));
    if (user != 0 && becomesUser) {
      script.append("export STOWAGE_RUNTIME_USER=").append(user).append("; ");
    }
    script.append("exec ");
    if (user != 0 && !becomesUser) {
      script.append(String.format("setpriv --reuid=%1$d --regid=%1$d --clear-groups ", user));
    }
    script.append("\"$@\"");
    List<String> wrapped = new ArrayList<>();
    if (!mounts.isEmpty()) {
      wrapped.addAll(List.of("unshare", "-m", "--"));
    }
    wrapped.addAll(List.of("sh", "-c", script.toString(), "sh"));
    wrapped.addAll(command);
    return wrapped;
  }

  /** Whether the tests run as root. */
  public static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
