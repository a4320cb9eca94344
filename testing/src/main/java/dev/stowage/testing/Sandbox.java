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
 * <p>Root can write everywhere, so a refused write needs another user. Mounts are made in a mount
 * namespace of the child and disappear with it.
 *
 * @param user number of the user and group that the child runs as, without further groups; 0: the
 *     user of this test JVM
 * @param mounts shell commands that prepare the child's mounts, run as root in its own namespace
 */
public record Sandbox(int user, List<String> mounts) {
  /** The user and group "nobody", which own no files on a common system. */
  public static final int NOBODY = 65534;

  /** Exit code of a child whose sandbox differs from the one that the test requested. */
  public static final int NOT_REAL = 99;

  /** The user of this test JVM, without mounts. */
  public static Sandbox none() {
    return new Sandbox(0, List.of());
  }

  /** The user "nobody". Skips the test, with the reason, if the process cannot switch users. */
  public static Sandbox ordinaryUser() {
    return user(NOBODY);
  }

  /** The user with that number; skips like {@link #ordinaryUser}. */
  public static Sandbox user(int number) {
    assumeRoot();
    return new Sandbox(number, List.of());
  }

  /** The user "nobody" if the tests run as root, else the ordinary user who runs them. */
  public static Sandbox unprivileged() {
    return isRoot() ? ordinaryUser() : none();
  }

  /** Adds an empty tmpfs of that size (bytes) with extra options over a directory. */
  public Sandbox tmpfs(Path directory, long size, String options) {
    return with(
        String.format(
            "mount -t tmpfs -o mode=0755,uid=%1$d,gid=%1$d,size=%2$d%3$s tmpfs '%4$s'",
            user, size, options, directory));
  }

  /** Makes a directory read-only. */
  public Sandbox readOnly(Path directory) {
    return with(
        String.format("mount --bind '%1$s' '%1$s' && mount -o remount,bind,ro '%1$s'", directory));
  }

  /** Shows a directory in place of another one. */
  public Sandbox bind(Path directory, Path over) {
    return with(String.format("mount --bind '%s' '%s'", directory, over));
  }

  /** Puts an empty directory that only root can write to over a directory. */
  public Sandbox rootOnly(Path directory) {
    return with("mount -t tmpfs -o mode=0755,uid=0,gid=0 tmpfs '" + directory + "'");
  }

  /** Puts a tmpfs that is filled to its last page over a directory. */
  public Sandbox full(Path directory, long size) {
    // Filling ends with ENOSPC, as intended, and leaves a full file system.
    return tmpfs(directory, size, "")
        .with("cat /dev/zero >'" + directory + "/fill' 2>/dev/null || true");
  }

  private Sandbox with(String mount) {
    assumeRoot();
    List<String> more = new ArrayList<>(mounts);
    more.add("{ " + mount + "; } || exit " + NOT_REAL);
    return new Sandbox(user, List.copyOf(more));
  }

  /** Skips the calling test if it does not run as root. */
  public static void assumeRoot() {
    assumeTrue(
        isRoot(),
        "needs root: becomes another user (setpriv) and mounts in a namespace of its own (unshare)");
  }

  /** Gives a directory and everything in it to the user of the child. */
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

  /** Gives one file or directory to the user and group with that number. */
  public static void give(Path file, int number) throws IOException {
    Files.setAttribute(file, "unix:uid", number);
    Files.setAttribute(file, "unix:gid", number);
  }

  /**
   * The command line that runs a command inside this sandbox. Each program on the way replaces
   * itself by exec, so the process id is that of the command.
   *
   * @param becomesUser the command must start as root and switches to STOWAGE_RUNTIME_USER itself
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
