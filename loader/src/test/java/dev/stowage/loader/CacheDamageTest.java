package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.child.ChildUser;
import dev.stowage.loader.child.ManyMain;
import dev.stowage.loader.child.SampleLibrary;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.RunningChild;
import dev.stowage.testing.SharedFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After damage, races and kills, the next start has a valid cache; as an ordinary user and as root.
 */
@ParameterizedClass
@EnumSource
class CacheDamageTest {
  /**
   * More changes than an extraction of this library makes; reaching it means that the loop does not
   * end.
   */
  private static final int MOST_CHANGES = 60;

  @Parameter ChildUser user;
  @TempDir static Path shared;
  @TempDir Path home;
  private static SampleLibrary fake;

  @BeforeAll
  static void build() throws Exception {
    fake = SampleLibrary.create(shared.resolve("fake"));
    SharedFiles.share(shared);
  }

  private ChildJvm child() {
    return user.runs(fake.child(home));
  }

  private Path base() {
    return home.resolve(".cache/stowage");
  }

  private Path entry() {
    return base().resolve(fake.content("rust"));
  }

  /** Creates directories that belong to the user of the children. */
  private Path directory(Path path) throws IOException {
    Files.createDirectories(path);
    user.sandbox().own(home);
    return path;
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.toList();
    }
  }

  private static boolean isTemporary(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  private void noLitter() throws IOException {
    assertThat(list(base())).noneMatch(CacheDamageTest::isTemporary);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flip", "truncate", "empty", "delete"})
  void aDamagedCachedFileIsExtractedAgain(String damage) throws Exception {
    child().run().onlyResult();
    Path core = entry().resolve(fake.core("rust").getFileName());
    damage(core, damage);
    assertThat(child().run().onlyResult()).isEqualTo("1 1");
    assertThat(core).hasSameBinaryContentAs(fake.core("rust"));
    noLitter();
    damage(core, damage);
    assertThat(child().option("-Dstowage.debug=true").run().output())
        .contains("damaged", "RESULT ok use 1 1");
    assertThat(core).hasSameBinaryContentAs(fake.core("rust"));
    noLitter();
  }

  private static void damage(Path file, String kind) throws IOException {
    assertThat(file.toFile().setWritable(true, true)).isTrue();
    assertThat(file.getParent().toFile().setWritable(true, true)).isTrue();
    if (kind.equals("delete")) {
      Files.delete(file);
      return;
    }
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      long half = open.length() / 2;
      if (kind.equals("flip")) {
        open.seek(half);
        int value = open.read();
        open.seek(half);
        open.write(value ^ 1);
      } else {
        open.setLength(kind.equals("empty") ? 0 : half);
      }
    }
  }

  @Test
  void eightColdJvmsRaceAndAllLoad() throws Exception {
    List<RunningChild> racers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      racers.add(child().start());
    }
    for (RunningChild racer : racers) {
      assertThat(racer.await().onlyResult()).isEqualTo("1 1");
    }
    noLitter();
  }

  /** The child is killed before its first, second, third ... change below the cache. */
  @Test
  void anExtractionKilledBeforeAnyOfItsChangesLeavesOnlyATemporaryName() throws Exception {
    Path preload = shared.resolve("kill_at.so");
    SampleLibrary.shared(preload, "kill_at.c");
    SharedFiles.share(shared);
    SampleLibrary large = large();
    int kills = 0;
    int cut = 0;
    for (Outcome outcome = null; outcome == null || outcome.exit() != 0; kills++) {
      assertThat(kills).as("changes of one extraction").isLessThan(MOST_CHANGES);
      ChildJvm dying = user.runs(large.child(home));
      dying.environment("LD_PRELOAD", preload.toString());
      dying.environment("KILL_BELOW", base().toString());
      dying.environment("KILL_AT", Integer.toString(kills + 1));
      outcome = dying.run();
      if (outcome.exit() != 0) {
        assertThat(outcome.exit()).as(outcome.output()).isEqualTo(128 + 9);
      }
      cut += check(large);
      StagingDirectory.delete(base().toFile());
    }
    // At least a directory, two files with several writes each, their modes, and the rename.
    assertThat(kills - 1).as("kills").isGreaterThan(9);
    assertThat(cut).as("kills that left a temporary name").isGreaterThan(6);
    assertThat(user.runs(large.child(home)).run().onlyResult()).isEqualTo("1 1");
  }

  /** Whether a temporary name is left; everything with its final name must be complete. */
  private int check(SampleLibrary library) throws IOException {
    int temporary = 0;
    for (Path path : Files.exists(base()) ? list(base()) : List.<Path>of()) {
      if (isTemporary(path)) {
        temporary = 1;
        continue;
      }
      assertThat(path.getFileName()).hasToString(library.content("rust"));
      for (Path file : List.of(library.core("rust"), library.shim("rust"))) {
        assertThat(path.resolve(file.getFileName())).hasSameBinaryContentAs(file);
      }
    }
    return temporary;
  }

  private static SampleLibrary large() throws Exception {
    SampleLibrary large = new SampleLibrary(shared.resolve("large"), "1.0");
    large.compile("rust");
    byte[] core = Files.readAllBytes(large.core("rust"));
    Files.write(large.core("rust"), Arrays.copyOf(core, 300_000));
    large.pin("rust");
    large.apiJar("fake.api");
    large.classifierJar();
    SharedFiles.share(shared);
    return large;
  }

  @Test
  void leftoversAreSweptWhenTheyAreOlderThanAnHour() throws Exception {
    Path base = directory(base());
    Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx------"));
    for (String name : List.of(".new-61", ".old-61", ".new-58", ".old-58", ".new-0", "other-61")) {
      Path leftover = directory(base.resolve(name));
      Files.writeString(leftover.resolve("file"), "x");
      long minutes = Long.parseLong(name.substring(name.indexOf('-') + 1));
      Instant then = Instant.now().minusSeconds(60 * minutes);
      Files.setLastModifiedTime(leftover, FileTime.from(then));
    }
    user.sandbox().own(home);
    child().run().onlyResult();
    assertThat(list(base).stream().map(path -> path.getFileName().toString()))
        .containsExactlyInAnyOrder(
            ".new-58", ".old-58", ".new-0", "other-61", fake.content("rust"));
  }

  @Test
  void aPlantedLinkIsNeverFollowed() throws Exception {
    Path victim = directory(home.resolve("victim"));
    directory(home.resolve(".cache"));
    Files.createSymbolicLink(base(), victim);
    assertThat(child().option("-Dstowage.debug=true").run().output())
        .contains("is a link", "RESULT ok use 1 1");
    assertThat(victim).isEmptyDirectory();
  }

  @Test
  void aLinkInPlaceOfTheEntryIsReplaced() throws Exception {
    child().run().onlyResult();
    Path moved = home.resolve("moved");
    Files.move(entry(), moved);
    Files.createSymbolicLink(entry(), moved);
    assertThat(child().run().onlyResult()).isEqualTo("1 1");
    assertThat(Files.isSymbolicLink(entry())).isFalse();
    assertThat(moved).isNotEmptyDirectory();
  }

  /** The copy for a second class loader is checked like the file that it is a copy of. */
  @Test
  void aForgedSecondCopyOfTheShimIsNotLoaded() throws Exception {
    String app = fake.api() + "," + fake.classifier() + ":fake.api.App:rust";
    assertThat(twice(app)).isEqualTo("[1 1] [2 1]");
    Path copy = entry().resolve("2").resolve(fake.shim("rust").getFileName());
    assertThat(copy).hasSameBinaryContentAs(fake.shim("rust"));
    assertThat(copy.toFile().setWritable(true, true)).isTrue();
    Path forged = shared.resolve("forged.so");
    SampleLibrary.shared(
        forged,
        "shim.c",
        "-DFIRST=1000",
        "-DCONTRACT=\"" + SampleLibrary.CONTRACT + "\"",
        fake.core("rust").toString());
    Files.write(copy, Files.readAllBytes(forged));
    assertThat(twice(app)).isEqualTo("[1 1] [2 1]");
  }

  private String twice(String app) throws Exception {
    Path tests = SharedFiles.copy(Path.of("target/test-classes").toAbsolutePath());
    ChildJvm child = SampleLibrary.childWith(home, tests);
    return user.runs(child.main(ManyMain.class.getName(), app, app)).run().onlyResult();
  }
}
