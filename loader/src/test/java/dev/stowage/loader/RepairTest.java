package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.child.SampleLibrary;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes publish an entry at once in place of a damaged one. */
class RepairTest {
  @TempDir static Path shared;
  @TempDir Path home;
  private static SampleLibrary fake;
  private static PinnedBinding binding;

  @BeforeAll
  static void build() throws Exception {
    fake = SampleLibrary.create(shared.resolve("fake"));
    binding = PinnedBinding.parse(fake.pinsText(), "rust");
  }

  private static NativesLocation jar(Path file) throws Exception {
    String entry = NativesLocation.directory(binding) + binding.names[0];
    return new NativesLocation(URI.create("jar:" + file.toUri() + "!/" + entry).toURL(), entry);
  }

  private Path entry() throws Exception {
    Path base = home.resolve("stowage");
    if (!Files.exists(base)) {
      Files.createDirectory(
          base, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return base.resolve(binding.content);
  }

  private static void publish(NativesLocation jar, Path entry) throws IOException {
    assertThat(Extraction.publish(binding, jar, entry.toFile())).isNull();
  }

  private static List<String> names(Path directory) throws Exception {
    try (Stream<Path> list = Files.list(directory)) {
      return list.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void fourRepairADamagedEntryAtOnceAndAllFindAGoodOne() throws Exception {
    Path entry = entry();
    Path core = entry.resolve(binding.names[0]);
    NativesLocation jar = jar(fake.classifier());
    publish(jar, entry);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 60; round++) {
        assertThat(core.toFile().setWritable(true, true)).isTrue();
        Files.write(core, new byte[(int) binding.sizes[0]]);
        CyclicBarrier start = new CyclicBarrier(4);
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
          all.add(
              pool.submit(
                  () -> {
                    start.await();
                    publish(jar, entry);
                    return null;
                  }));
        }
        for (Future<?> one : all) {
          one.get();
        }
        assertThat(Extraction.isGood(binding, entry.toFile())).as("round " + round).isTrue();
        assertThat(names(entry.getParent())).containsExactly(binding.content);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aGoodEntryIsNeverDiscardedAndAMissingOneIsNoFault() throws Exception {
    Path entry = entry();
    Extraction.discard(binding, entry);
    publish(jar(fake.classifier()), entry);
    Object key = Files.getAttribute(entry, "unix:ino");
    Extraction.discard(binding, entry);
    assertThat(Files.getAttribute(entry, "unix:ino")).isEqualTo(key);
    assertThat(names(entry.getParent())).containsExactly(binding.content);
    assertThat(Extraction.isGood(binding, entry.toFile())).isTrue();
  }

  @Test
  void anInterruptedThreadPublishesAsWell() throws Exception {
    Thread.currentThread().interrupt();
    try {
      publish(jar(fake.classifier()), entry());
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(Extraction.isGood(binding, entry().toFile())).isTrue();
  }

  @Test
  void anArchiveThatCannotBeReadIsClosedAgain() throws Exception {
    byte[] bytes = Files.readAllBytes(fake.classifier());
    for (int i = 0; i + 12 < bytes.length; i++) {
      if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1 && bytes[i + 3] == 2) {
        bytes[i + 10] = 99; // A central header's compression method (APPNOTE.TXT 4.3.12).
      }
    }
    Path broken = home.resolve("broken.jar");
    Files.write(broken, bytes);
    assertThat(Extraction.publish(binding, jar(broken), entry().toFile())).isNotEmpty();
    assertThat(names(entry().getParent())).isEmpty();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(open.map(RepairTest::target)).doesNotContain(broken.toString());
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
