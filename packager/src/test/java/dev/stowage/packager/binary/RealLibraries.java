package dev.stowage.packager.binary;

import dev.stowage.loader.header.FileKind;
import dev.stowage.loader.platform.Format;
import dev.stowage.testing.Requirement;
import dev.stowage.testing.ToolPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Real libraries: from the packages of this machine, the test runtimes and macOS samples that
 * ci/setup-cross fetches, and released JARs.
 */
final class RealLibraries {
  /** Size limit in bytes; the output of llvm-readobj is many times larger. */
  private static final long LARGEST = 3 << 20;

  /** Limit per format and place, so that all places are represented. */
  private static final int MOST = 250;

  private static final Path TOOLS = ToolPath.directory();

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu"),
          Path.of("/usr/lib/x86_64-linux-gnu/wine"),
          Path.of("/usr/lib/jvm"),
          TOOLS.resolve("runtimes/java25-aarch64"),
          TOOLS.resolve("runtimes/java25-windows/jdk"),
          TOOLS.resolve("samples"));

  private static final Path RELEASED = Path.of("target/released");

  private RealLibraries() {}

  /**
   * Libraries of one format, at least that many. With fewer, because ci/setup-cross has not run,
   * the test is skipped, or fails in CI.
   */
  static List<Path> files(Format format, int least) {
    List<Path> files = files(format);
    String found = files.size() + " " + format.label() + " libraries of " + least;
    Requirement.CROSS_TOOLS.assume(files.size() >= least, found + "; ci/setup-cross fetches them");
    return files;
  }

  /** Libraries of one format, each file once. */
  private static List<Path> files(Format format) {
    TreeSet<Path> files = new TreeSet<>();
    for (Path place : PLACES) {
      try (Stream<Path> all = Files.exists(place) ? Files.walk(place, 12) : Stream.empty()) {
        all.filter(file -> is(file, format)).sorted().limit(MOST).forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    files.addAll(released(format));
    return List.copyOf(files);
  }

  /** Libraries inside released JARs. They are extracted, because LLVM's tools read only files. */
  private static List<Path> released(Format format) {
    List<Path> files = new ArrayList<>();
    Path to = RELEASED.resolveSibling("samples");
    try (Stream<Path> jars = Files.exists(RELEASED) ? Files.list(RELEASED) : Stream.empty()) {
      for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
          for (ZipEntry entry : Collections.list(zip.entries())) {
            Path file = to.resolve(jar.getFileName() + "/" + entry.getName());
            if (isName(file) && entry.getSize() < LARGEST) {
              takeOut(zip, entry, file);
              if (is(file, format)) {
                files.add(file);
              }
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Published by a rename, because two processes run test classes at the same time. */
  private static void takeOut(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent());
      Path whole = Files.createTempFile(file.getParent(), ".new-", ".tmp");
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, whole, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static boolean isName(Path file) {
    return file.getFileName().toString().matches(".*\\.(so(\\.[0-9.]+)?|dylib|jnilib|dll)");
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean is(Path file, Format format) {
    if (!isName(file)
        || Files.isSymbolicLink(file)
        || !Files.isRegularFile(file)
        || size(file) > LARGEST) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(64);
      FileKind kind = FileKind.of(head);
      return switch (format) {
        case ELF -> kind == FileKind.ELF;
        case MACH_O -> kind == FileKind.MACH_O && head[0] == (byte) 0xcf;
        case PE -> kind == FileKind.PE;
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
