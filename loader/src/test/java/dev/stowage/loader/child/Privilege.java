package dev.stowage.loader.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Children that run as an ordinary user while the tests run as root. */
public final class Privilege {
  public static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

  /** The ordinary user. */
  public static final int USER = 1234;

  private Privilege() {}

  /** Makes a child run as the ordinary user, who gets its home directory. */
  public static Child asUser(Child child, Path home) throws IOException {
    Path temporary = Files.createDirectories(home.resolve("tmp"));
    for (Path path : List.of(home, temporary)) {
      give(path);
    }
    return child.under("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups");
  }

  /** Gives one file or directory to the ordinary user. */
  public static void give(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", USER);
    Files.setAttribute(path, "unix:gid", USER);
  }

  /** Lets everyone read a tree. */
  public static void open(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.toList()) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }
}
