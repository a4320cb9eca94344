package dev.stowage.packager.verify;

import dev.stowage.packager.binary.Binary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Visits the files of a JAR or a directory, or a single file, in order of their names. */
final class LibraryArchive {
  private static final int HEAD = 64;

  /** Receives the files. */
  interface Visitor {
    /**
     * Called for each wanted file.
     *
     * @param path inside the archive, with {@code /}
     * @param bytes the whole content
     * @param names names of all files in the archive, without directories
     */
    void visit(String path, byte[] bytes, Set<String> names);
  }

  private final BiPredicate<String, byte[]> wanted;
  private final Visitor visitor;
  private Set<String> names = Set.of();

  private LibraryArchive(BiPredicate<String, byte[]> wanted, Visitor visitor) {
    this.wanted = wanted;
    this.visitor = visitor;
  }

  /**
   * Visits the files of {@code path}.
   *
   * @param wanted decides by path and first bytes
   */
  static void visit(Path path, BiPredicate<String, byte[]> wanted, Visitor visitor) {
    LibraryArchive archive = new LibraryArchive(wanted, visitor);
    try {
      if (Files.isDirectory(path)) {
        archive.directory(path);
      } else if (Files.isReadable(path)) {
        archive.file(path);
      } else {
        throw VerifyMessages.noSuchFile(path);
      }
    } catch (ZipException e) {
      throw VerifyMessages.badJar(path, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void directory(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
      names = files.stream().map(f -> f.getFileName().toString()).collect(Collectors.toSet());
      for (Path file : files) {
        String path = directory.relativize(file).toString().replace('\\', '/');
        try (InputStream in = Files.newInputStream(file)) {
          offer(path, in);
        }
      }
    }
  }

  private void file(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(4);
      if (head.length < 4 || head[0] != 'P' || head[1] != 'K') {
        visitor.visit(file.getFileName().toString(), Files.readAllBytes(file), names);
        return;
      }
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<ZipEntry> entries =
          zip.stream().map(e -> (ZipEntry) e).filter(e -> !e.isDirectory()).toList();
      names =
          entries.stream()
              .map(e -> e.getName().substring(e.getName().lastIndexOf('/') + 1))
              .collect(Collectors.toSet());
      List<String> paths = entries.stream().map(ZipEntry::getName).sorted().distinct().toList();
      for (String path : paths) {
        try (InputStream in = zip.getInputStream(zip.getEntry(path))) {
          offer(path, in);
        }
      }
    }
  }

  private void offer(String path, InputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD);
    if (!wanted.test(path, head)) {
      return;
    }
    byte[] rest = in.readNBytes((int) Binary.LARGEST);
    byte[] bytes = java.util.Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, bytes, head.length, rest.length);
    visitor.visit(path, bytes, names);
  }
}
