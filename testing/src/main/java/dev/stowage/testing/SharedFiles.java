package dev.stowage.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A directory that all users can read, with copies of JARs, because a checkout in a private home
 * directory is not readable for an unprivileged user. It is deleted when this JVM ends.
 */
public final class SharedFiles {
  private static final Path ROOT = open();
  private static final AtomicInteger NEXT = new AtomicInteger();

  private SharedFiles() {}

  /** Returns a readable copy of a JAR or a directory of classes; it is copied once. */
  public static synchronized Path copy(Path source) {
    Path target =
        ROOT.resolve("jars")
            .resolve(source.getParent().getParent().getFileName() + "-" + source.getFileName());
    try {
      if (!Files.exists(target)) {
        copyTree(source, target);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new directory, owned by the user of this test JVM. */
  public static Path directory(String name) {
    try {
      return Files.createDirectories(ROOT.resolve(NEXT.incrementAndGet() + "-" + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a file or a directory so that all users can read it. */
  public static void copyTree(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path to = target.resolve(source.relativize(file).toString());
        Files.createDirectories(Files.isDirectory(file) ? to : to.getParent());
        if (!Files.isDirectory(file)) {
          Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
          Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
        }
      }
    }
  }

  /** Lets all users read a tree and run the programs in it. */
  public static void share(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private static Path open() {
    try {
      Path root = Files.createTempDirectory("stowage-test-");
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(root)));
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println("left behind: " + root + ": " + e);
    }
  }
}
