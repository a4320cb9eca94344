package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.child.SampleLibrary;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.Sandbox;
import dev.stowage.testing.SharedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cache roots that cannot be trusted or used. The tests need root, for mounts and other users, and
 * each has a control.
 */
class RootTest {
  /** Bytes: enough for the sample library, and less than its largest file. */
  private static final long SPACE = 1 << 20;

  private static final long TOO_LITTLE = 16 << 10;

  @TempDir static Path shared;
  @TempDir Path home;
  private static SampleLibrary fake;

  @BeforeAll
  static void build() throws Exception {
    Sandbox.assumeRoot();
    fake = SampleLibrary.create(shared.resolve("fake"));
    SharedFiles.share(shared);
  }

  @BeforeEach
  void temporaryDirectory() throws Exception {
    Files.createDirectories(home.resolve("tmp"));
  }

  /** A child that runs as an ordinary user, who owns its home directory. */
  private ChildJvm nobody() {
    return fake.child(home).in(Sandbox.ordinaryUser());
  }

  private ChildJvm child() {
    return fake.child(home);
  }

  private Path directory(String name, String mode, int owner) throws Exception {
    Path path = Files.createDirectory(home.resolve(name));
    Files.setAttribute(path, "unix:uid", owner);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    return path;
  }

  @Test
  void ordinaryUserColdAndWarm() throws Exception {
    assertThat(nobody().run().onlyResult()).isEqualTo("1 1");
    assertThat(fake.apiChild(home).in(Sandbox.ordinaryUser()).run().onlyResult()).isEqualTo("1 1");
  }

  @Test
  void aRootOfAnotherUserIsSkipped() throws Exception {
    Path cache = directory("foreign", "rwxr-xr-x", 1234);
    String text = nobody().cache(cache).option("-Dstowage.debug=true").run().output();
    assertThat(text).contains(cache + " skipped: ", "belongs to", "RESULT ok use 1 1");
  }

  @Test
  void aWorldWritableRootIsSkippedUnlessSticky() throws Exception {
    Path cache = directory("open", "rwxrwxrwx", 65534);
    String text = nobody().cache(cache).option("-Dstowage.debug=true").run().output();
    assertThat(text).contains(cache + " skipped: ", "others can write to", "RESULT ok use 1 1");
    assertThat(cache).isEmptyDirectory();
    Files.setAttribute(cache, "unix:mode", 01777);
    nobody().cache(cache).run().onlyResult();
    assertThat(cache.resolve("stowage")).isDirectory();
  }

  @Test
  void anEntryPlantedByAnotherUserIsNotLoaded() throws Exception {
    Path cache = directory("sticky", "rwxrwxrwx", 0);
    Files.setAttribute(cache, "unix:mode", 01777);
    Path entry = cache.resolve("stowage").resolve(fake.content("rust"));
    Files.createDirectories(entry);
    for (Path file : List.of(fake.core("rust"), fake.shim("rust"))) {
      Files.copy(file, entry.resolve(file.getFileName()));
    }
    try (Stream<Path> all = Files.walk(cache.resolve("stowage"))) {
      for (Path path : all.toList()) {
        Files.setAttribute(path, "unix:uid", 1234);
      }
    }
    String text = nobody().cache(cache).option("-Dstowage.debug=true").run().output();
    assertThat(text).contains(cache + " skipped: ", "belongs to", "RESULT ok use 1 1");
    // Without the debug option the warm path runs first; it must not load the planted files either.
    assertThat(nobody().cache(cache).option("-verbose:class").run().output())
        .contains("dev.stowage.loader.LoadSteps", "RESULT ok use 1 1");
  }

  @Test
  void aNoExecRootIsPassedByAndNamedWhenItIsTheOnlyOne() throws Exception {
    Path cache = directory("noexec", "rwx------", 0);
    Sandbox noexec = Sandbox.none().tmpfs(cache, SPACE, ",noexec");
    String text = child().cache(cache).option("-Dstowage.debug=true").in(noexec).run().output();
    assertThat(text).contains("is mounted noexec", "RESULT ok use 1 1");
    Path other = Files.createTempDirectory("stowage-test");
    try {
      ChildJvm only = fake.child(other).cache(cache).option("-Djava.io.tmpdir=" + other);
      only.in(noexec.tmpfs(other, SPACE, ",noexec"));
      assertThat(only.run().expectFailed("STOW-07")).contains("-Dstowage.cache=", "mounted noexec");
    } finally {
      Files.delete(other);
    }
  }

  @Test
  void aReadOnlyRootIsPassedBy() throws Exception {
    Path cache = directory("readonly", "rwx------", 0);
    Sandbox readOnly = Sandbox.none().tmpfs(cache, SPACE, ",ro");
    String text = child().cache(cache).option("-Dstowage.debug=true").in(readOnly).run().output();
    assertThat(text).contains(cache + " skipped: ", "RESULT ok use 1 1");
  }

  @Test
  void aFilledReadOnlyCacheStillServes() throws Exception {
    Path cache = directory("filled", "rwx------", 0);
    child().cache(cache).run().onlyResult();
    ChildJvm warm = fake.apiChild(home).cache(cache).in(Sandbox.none().readOnly(cache));
    assertThat(warm.run().onlyResult()).isEqualTo("1 1");
  }

  @Test
  void aFullRootIsPassedByWithNothingLeft() throws Exception {
    Path cache = directory("full", "rwx------", 0);
    Sandbox full = Sandbox.none().tmpfs(cache, TOO_LITTLE, "");
    String text = child().cache(cache).option("-Dstowage.debug=true").in(full).run().output();
    assertThat(text).contains(cache + " skipped: ", "No space left", "RESULT ok use 1 1");
  }

  @Test
  void aFilledReadOnlyCacheServesAnOrdinaryUser() throws Exception {
    Path cache = directory("filled", "rwx------", 65534);
    nobody().cache(cache).run().onlyResult();
    ChildJvm warm = fake.apiChild(home).cache(cache).option("-verbose:class");
    warm.in(Sandbox.ordinaryUser().readOnly(cache));
    assertThat(warm.run().output()).contains("RESULT ok use 1 1");
  }

  @Test
  void onlyForeignRootsAreNamedWithTheirOwner() throws Exception {
    Path foreign = directory("foreign", "rwxr-xr-x", 1234);
    ChildJvm child =
        nobody().cache(foreign).option("-Duser.home=" + foreign, "-Djava.io.tmpdir=" + foreign);
    assertThat(child.run().expectFailed("STOW-06"))
        .contains(foreign + ": ", "belongs to 1234", "-Dstowage.cache=<directory>");
    assertThat(foreign).isEmptyDirectory();
  }

  @Test
  void onlyReadOnlyRootsAreNamedWithTheSystemsText() throws Exception {
    Path only = directory("readonly", "rwx------", 65534);
    assertThat(only(only, Sandbox.ordinaryUser().tmpfs(only, SPACE, ",ro")).expectFailed("STOW-06"))
        .contains(
            "cannot be written to: Read-only file system (" + only + " is mounted read-only)");
  }

  @Test
  void onlyFullRootsAreNamedWithTheSystemsText() throws Exception {
    Path only = directory("full", "rwx------", 65534);
    Sandbox full = Sandbox.ordinaryUser().tmpfs(only, TOO_LITTLE, "");
    assertThat(only(only, full).expectFailed("STOW-08"))
        .contains("No space left", "free space there");
  }

  /** A child in which every root that the loader tries is this one. */
  private Outcome only(Path root, Sandbox sandbox) {
    return child()
        .cache(root)
        .option("-Duser.home=" + root, "-Djava.io.tmpdir=" + root)
        .in(sandbox)
        .run();
  }
}
