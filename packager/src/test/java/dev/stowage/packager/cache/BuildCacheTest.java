package dev.stowage.packager.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.message.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The location of the cache, and the deletion of old entries. */
class BuildCacheTest {
  @TempDir Path directory;
  private final List<String> warnings = new ArrayList<>();

  private final Console console =
      new Console() {
        @Override
        public void step(String line) {}

        @Override
        public void warn(String line) {
          warnings.add(line);
        }
      };

  private BuildCache cache() {
    return new BuildCache(Map.of(BuildCache.VARIABLE, directory.toString()), console);
  }

  private Path file(String name, int days) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
    return aged(file, days);
  }

  private static Path aged(Path file, int days) throws IOException {
    Instant time = Instant.now().minus(Duration.ofDays(days));
    return Files.setLastModifiedTime(file, FileTime.from(time));
  }

  private Path entry(String name, int days) throws IOException {
    Path entry = directory.resolve(name);
    CacheEntry.publish(entry, to -> Files.writeString(to.resolve("a"), "a"));
    return aged(entry, days);
  }

  @Test
  void aVariableNamesItOrSwitchesItOff() {
    assertThat(BuildCache.locate(Map.of(BuildCache.VARIABLE, "/some/where")))
        .contains(Path.of("/some/where"));
    assertThat(BuildCache.locate(Map.of(BuildCache.VARIABLE, "off"))).isEmpty();
    assertThat(BuildCache.locate(Map.of("XDG_CACHE_HOME", "/caches")))
        .contains(Path.of("/caches/stowage-build"));
    assertThat(BuildCache.locate(Map.of("XDG_CACHE_HOME", "not/absolute", "HOME", "/some/home")))
        .contains(Path.of("/some/home/.cache/stowage-build"));
    BuildCache off = new BuildCache(Map.of(BuildCache.VARIABLE, "off"), console);
    assertThat(off.directory("std")).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void theReasonIsToldOnce() throws Exception {
    file("std", 0);
    BuildCache cache = cache();
    assertThat(cache.directory("std")).isEmpty();
    assertThat(cache.directory("crates")).isEmpty();
    cache.unusable("again");
    assertThat(warnings).hasSize(1);
  }

  @Test
  void whatNobodyUsesGoesAndTheRestStays() throws Exception {
    List<Path> old =
        List.of(
            file("crates/ab/abcd", 31),
            entry("std/old", 31),
            file("crates/ab/tmp-1-2", 2),
            file("std/tmp-3/lib/half", 0).getParent().getParent());
    aged(old.get(3), 2);
    List<Path> kept =
        List.of(file("crates/cd/cdef", 29), entry("std/new", 29), file("crates/ab/tmp-4", 0));
    cache().sweep();
    assertThat(old).noneMatch(Files::exists);
    assertThat(kept).allMatch(Files::exists);
  }

  @Test
  void onceADay() throws Exception {
    cache().sweep();
    Path late = file("crates/ab/abcd", 31);
    cache().sweep();
    assertThat(late).exists();
    aged(directory.resolve("swept"), 2);
    cache().sweep();
    assertThat(late).doesNotExist();
  }

  @Test
  void aUsedEntryIsYoungAgain() throws Exception {
    Path entry = entry("std/old", 31);
    assertThat(CacheEntry.intact(entry, console)).isTrue();
    cache().sweep();
    assertThat(entry).exists();
  }

  @Test
  void theLoserOfARaceTakesTheWinners() throws Exception {
    Path entry = entry("std/one", 0);
    CacheEntry.publish(entry, to -> Files.writeString(to.resolve("a"), "later"));
    assertThat(entry.resolve("a")).hasContent("a");
    assertThat(directory.resolve("std").toFile().list()).containsExactly("one");
  }

  @Test
  void aPoisonedByteOrAStrangeFileMakesAnEntryVanish() throws Exception {
    for (String file : List.of("a", "b")) {
      Path entry = entry("std/" + file, 0);
      Files.writeString(entry.resolve(file), "x");
      assertThat(CacheEntry.intact(entry, console)).isFalse();
      assertThat(entry).doesNotExist();
    }
    assertThat(warnings).hasSize(2).allMatch(line -> line.contains("damaged"));
  }
}
