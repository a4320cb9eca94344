package dev.stowage.packager.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.loader.header.HeaderException;
import dev.stowage.loader.platform.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A damaged file gives an error with a sentence, quickly: never another exception, never an attempt
 * to allocate much memory.
 */
class DamagedFileTest {
  private static final int MUTATIONS = 50_000;
  private static final int CUTS = 2_000;
  private static final long SEED = 20_261_121;

  /** Bytes that make sums overflow, point at the beginning of the file, or are one too large. */
  private static final byte[] NASTY = {0, 1, -1, 127, -128, 2, 16, 64};

  @Test
  void everyCutIsASentence() throws Exception {
    for (Format format : Format.values()) {
      for (Path file : smallest(format)) {
        byte[] content = Files.readAllBytes(file);
        int step = Math.max(1, content.length / CUTS);
        // Headers are at the beginning of a file, so every length up to there is tried.
        for (int length = 0; length < content.length; length += length < CUTS ? 1 : step) {
          read(Arrays.copyOf(content, length), file + " cut to " + length);
        }
      }
    }
  }

  @Test
  void everyMutationIsASentenceOrAReading() throws Exception {
    Random random = new Random(SEED);
    int refused = 0;
    for (Format format : Format.values()) {
      List<Path> files = smallest(format);
      for (Path file : files) {
        byte[] content = Files.readAllBytes(file);
        int count = MUTATIONS / Format.values().length / files.size();
        for (int i = 0; i <= count; i++) {
          refused += read(mutant(content, random), file + " mutation " + i) ? 0 : 1;
        }
      }
    }
    // Some mutants must be readable, and most must be refused.
    assertThat(refused).isBetween(MUTATIONS / 50, MUTATIONS * 9 / 10);
  }

  /** Changes some bytes, most of them in the tables. */
  private static byte[] mutant(byte[] content, Random random) {
    byte[] copy = content.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int within = random.nextBoolean() ? Math.min(2048, copy.length) : copy.length;
      int at = random.nextInt(within);
      int width = Math.min(1 << random.nextInt(4), copy.length - at);
      byte value =
          random.nextBoolean() ? NASTY[random.nextInt(NASTY.length)] : (byte) random.nextInt();
      Arrays.fill(copy, at, at + width, value);
    }
    return copy;
  }

  /** True if it was read; any exception but the one with a sentence fails the test. */
  private static boolean read(byte[] content, String what) throws IOException {
    long start = System.nanoTime();
    try {
      Binary binary = Binary.read(content);
      binary.imported();
      binary.needed();
      return true;
    } catch (HeaderException e) {
      assertThat(e.getMessage()).as(what).isNotBlank();
      return false;
    } catch (RuntimeException | OutOfMemoryError e) {
      throw new AssertionError(what, e);
    } finally {
      assertThat(System.nanoTime() - start).as(what).isLessThan(10_000_000_000L);
    }
  }

  @Test
  void otherFilesAreNamed() {
    assertThatThrownBy(() -> Binary.read(new byte[0]))
        .isInstanceOf(HeaderException.class)
        .hasMessageContaining("an empty file");
    assertThatThrownBy(() -> Binary.read("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isInstanceOf(HeaderException.class)
        .hasMessageContaining("not a library format");
  }

  @Test
  void universalFilesNameTheirSlices() {
    byte[] fat = {
      (byte) 0xca,
      (byte) 0xfe,
      (byte) 0xba,
      (byte) 0xbe,
      0,
      0,
      0,
      2,
      1,
      0,
      0,
      7,
      0,
      0,
      0,
      3,
      0,
      0,
      64,
      0,
      0,
      0,
      1,
      0,
      0,
      0,
      0,
      14,
      1,
      0,
      0,
      12,
      0,
      0,
      0,
      0,
      0,
      0,
      96,
      0,
      0,
      0,
      1,
      0,
      0,
      0,
      0,
      14
    };
    assertThatThrownBy(() -> Binary.read(fat))
        .isInstanceOf(HeaderException.class)
        .hasMessageContaining("universal")
        .hasMessageContaining("x86_64, aarch_64")
        .hasMessageContaining("lipo -thin");
  }

  @Test
  void javaClassesAreNotUniversalFiles() throws Exception {
    byte[] type = Object.class.getResourceAsStream("Object.class").readAllBytes();
    assertThatThrownBy(() -> Binary.read(type)).hasMessageContaining("Java class file");
  }

  /** Small real files, among them files with imports, exports, signatures and debug directories. */
  private static List<Path> smallest(Format format) {
    List<Path> files = RealLibraries.files(format, 10);
    return files.stream()
        .sorted(Comparator.comparingLong(file -> file.toFile().length()))
        .skip(files.size() / 10)
        .limit(4)
        .toList();
  }
}
