package dev.stowage.packager.binary;

import dev.stowage.loader.header.FileKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Real libraries: those of the machine's packages, of the run times and the macOS specimens that
 * ci/setup-cross fetches, and of released JARs.
 */
final class Specimens {
  /** Bytes; llvm-readobj prints many times as much. */
  private static final long LARGEST = 3 << 20;

  /** Per format and place, so that no place stands for all. */
  private static final int MOST = 250;

  private static final Path TOOLS = tools();

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu"),
          Path.of("/usr/lib/x86_64-linux-gnu/wine"),
          Path.of("/usr/lib/jvm"),
          TOOLS.resolve("runtimes/java25-aarch64"),
          TOOLS.resolve("runtimes/java25-windows/jdk"),
          TOOLS.resolve("specimens"),
          Path.of("target/released"));

  private Specimens() {}

  /** As in ci/lib/tools.sh. */
  private static Path tools() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path root =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return root.resolve("stowage-tools");
  }

  /** Libraries of one format, each file once. */
  static List<Path> files(Format format) {
    TreeSet<Path> files = new TreeSet<>();
    for (Path place : PLACES) {
      try (Stream<Path> all = Files.exists(place) ? Files.walk(place, 12) : Stream.empty()) {
        all.filter(file -> is(file, format)).sorted().limit(MOST).forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return List.copyOf(files);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean is(Path file, Format format) {
    String name = file.getFileName().toString();
    if (!name.matches(".*\\.(so(\\.[0-9.]+)?|dylib|jnilib|dll)")
        || Files.isSymbolicLink(file)
        || !Files.isRegularFile(file)
        || size(file) > LARGEST) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      FileKind kind = FileKind.of(in.readNBytes(64));
      return switch (format) {
        case ELF -> kind == FileKind.ELF;
        case MACH_O -> kind == FileKind.MACH_O;
        case PE -> kind == FileKind.PE;
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
