package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.child.ChildUser;
import dev.stowage.loader.child.CorePathMain;
import dev.stowage.loader.child.SampleLibrary;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Sandbox;
import dev.stowage.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The owners and modes of usable caches, on cold and warm starts, as an ordinary user and as root.
 * Each refusal has the nearest accepted case beside it. Only root can change owners and groups.
 */
@ParameterizedClass
@EnumSource
class CacheTrustTest {
  private static final int STRANGER = 4321;

  @Parameter ChildUser user;
  @TempDir static Path shared;
  @TempDir Path home;
  private static SampleLibrary fake;
  private Path cache;

  @BeforeAll
  static void build() throws Exception {
    fake = SampleLibrary.create(shared.resolve("fake"));
    SharedFiles.share(shared);
  }

  @BeforeEach
  void layOut() throws IOException {
    cache = Files.createDirectories(home.resolve("above/cache"));
    mode(home.resolve("above"), 0755);
    mode(cache, 0755);
    Files.createDirectories(home.resolve("tmp"));
    user.sandbox().own(home);
  }

  private static void mode(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode);
  }

  private static int uid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  /** The path of the core after a start without options. */
  private Path core() throws Exception {
    Path tests = SharedFiles.copy(Path.of("target/test-classes").toAbsolutePath());
    ChildJvm child = SampleLibrary.childWith(home, tests, fake.api(), fake.classifier());
    child.cache(cache).main(CorePathMain.class.getName(), "rust");
    return Path.of(user.runs(child).run().onlyResult());
  }

  private String debugged() throws Exception {
    ChildJvm child = fake.child(home).cache(cache).option("-Dstowage.debug=true");
    return user.runs(child).run().output();
  }

  private void accepted() throws Exception {
    assertThat(debugged()).doesNotContain("skipped: ").contains("RESULT ok use 1 1");
    assertThat(core()).startsWith(cache);
  }

  private void refused(Path what, String why) throws Exception {
    assertThat(debugged()).contains(cache + " skipped: ", what + " ", why, "RESULT ok use 1 1");
    assertThat(core().startsWith(cache)).isFalse();
  }

  @Test
  void aDirectoryOfOursIsUsed() throws Exception {
    accepted();
    accepted();
  }

  @Test
  void aDirectoryFarAboveThatOthersCanWriteToIsRefusedUnlessSticky() throws Exception {
    mode(home.resolve("above"), 01777);
    accepted();
    StagingDirectory.delete(cache.resolve("stowage").toFile());
    mode(home.resolve("above"), 0777);
    refused(home.resolve("above"), "others can write to");
  }

  @Test
  void aDirectoryThatAForeignGroupCanWriteToIsRefused() throws Exception {
    Sandbox.assumeRoot();
    mode(cache, 0775);
    accepted();
    StagingDirectory.delete(cache.resolve("stowage").toFile());
    Files.setAttribute(cache, "unix:gid", STRANGER);
    refused(cache, "others can write to");
  }

  /**
   * In directories above, the sticky bit prevents others from moving our directory; in our
   * directory they could still add files.
   */
  @Test
  void ourOwnDirectoryMayNotBeWritableEvenIfSticky() throws Exception {
    Path own = Files.createDirectory(cache.resolve("stowage"));
    user.sandbox().own(own);
    mode(own, 01777);
    refused(own, "others can write to");
    mode(own, 01755);
    accepted();
  }

  @Test
  void aDirectoryAboveThatBelongsToAnotherIsRefused() throws Exception {
    Sandbox.assumeRoot();
    Sandbox.give(home.resolve("above"), STRANGER);
    refused(home.resolve("above"), "belongs to");
  }

  /** On a warm start, which must detect it without the slow checks. */
  @ParameterizedTest
  @ValueSource(strings = {"stowage", "entry", "core", "shim"})
  void whatBecameAnothersIsNotLoaded(String what) throws Exception {
    Sandbox.assumeRoot();
    Path before = core();
    assertThat(before).startsWith(cache);
    Path shim = before.resolveSibling(fake.shim("rust").getFileName());
    List<Path> all = List.of(before.getParent().getParent(), before.getParent(), before, shim);
    Path foreign = all.get(List.of("stowage", "entry", "core", "shim").indexOf(what));
    mode(foreign, 0755);
    Sandbox.give(foreign, STRANGER);
    Path after = core();
    for (Path path :
        List.of(
            after,
            after.resolveSibling(shim.getFileName()),
            after.getParent(),
            after.getParent().getParent())) {
      if (Files.exists(path)) {
        assertThat(uid(path)).as(path.toString()).isNotEqualTo(STRANGER);
      }
    }
    if (what.equals("stowage")) {
      assertThat(after.startsWith(cache)).isFalse();
    }
  }

  /**
   * A link between the root and the entry can lead anywhere; a link above the root is the user's
   * own.
   */
  @ParameterizedTest
  @ValueSource(strings = {"stowage", "entry"})
  void anEntryBehindALinkIsNotLoaded(String what) throws Exception {
    Path before = core();
    Path place = what.equals("entry") ? before.getParent() : before.getParent().getParent();
    Path moved = home.resolve("moved");
    Files.move(place, moved);
    Files.createSymbolicLink(place, moved);
    Path after = core();
    assertThat(after.toString()).doesNotStartWith(moved.toString());
    if (what.equals("entry")) {
      assertThat(place).isDirectory().matches(path -> !Files.isSymbolicLink(path));
    } else {
      assertThat(after.startsWith(cache)).isFalse();
    }
  }

  @Test
  void aLinkAboveTheRootIsTheUsersOwn() throws Exception {
    core();
    Path link = Files.createSymbolicLink(home.resolve("link"), cache);
    cache = link;
    assertThat(debugged()).doesNotContain("skipped: ").contains("5 files: in the cache");
    assertThat(core()).startsWith(link);
  }

  /** The JVM creates directories with the mode that the umask leaves of 0777. */
  @ParameterizedTest
  @ValueSource(strings = {"000", "077", "022"})
  void whatIsCreatedIsClosedWhateverTheUmaskIs(String umask) throws Exception {
    ChildJvm child = fake.child(home).cache(home.resolve("above/cache"));
    child.under("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh");
    assertThat(user.runs(child).run().onlyResult()).isEqualTo("1 1");
    Path own = cache.resolve("stowage");
    assertThat(Files.getAttribute(own, "unix:mode")).isEqualTo(0040700);
    Path entry = own.resolve(fake.content("rust"));
    for (Path path : List.of(entry, entry.resolve(fake.core("rust").getFileName()))) {
      int mode = (Integer) Files.getAttribute(path, "unix:mode");
      assertThat(mode & 0777).as(path.toString()).isEqualTo(0500);
    }
  }
}
