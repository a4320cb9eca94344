package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.child.SampleLibrary;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Sandbox;
import dev.stowage.testing.SharedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ownership: a privileged JVM, a user namespace, and names that other users have created before.
 */
class PrivilegeTest {
  private static final String SLOW = "dev.stowage.loader.LoadSteps";

  /** Not "nobody", which represents every unmapped owner in a user namespace. */
  private static final int USER = 1234;

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

  private ChildJvm child() {
    return fake.child(home);
  }

  @Test
  void rootNeverLoadsAnothersFilesWhateverThePropertiesSay() throws Exception {
    Path cache = Files.createDirectory(home.resolve("cache"));
    for (String lie : new String[] {"-Duser.home=" + home, "-Duser.name=alice"}) {
      child().cache(cache).run().onlyResult();
      Path entry = cache.resolve("stowage").resolve(fake.content("rust"));
      Path core = entry.resolve(fake.core("rust").getFileName());
      Sandbox.give(core, USER);
      ChildJvm warm = child().cache(cache).option(lie, "-verbose:class");
      assertThat(warm.run().output()).contains(SLOW, "RESULT ok use 1 1");
      assertThat(Files.getAttribute(core, "unix:uid")).as("extracted again").isEqualTo(0);
    }
  }

  @Test
  void rootsOwnHomeIsTheFastPath() throws Exception {
    Path own = Files.createDirectory(home.resolve("own"));
    child().cache(own).run().onlyResult();
    ChildJvm warm = fake.apiChild(home).cache(Path.of("/root")).option("-verbose:class");
    assertThat(warm.in(Sandbox.none().bind(own, Path.of("/root"))).run().output())
        .contains("RESULT ok use 1 1")
        .doesNotContain(SLOW);
  }

  /** Below target, because the machine's temporary directory is writable for everyone. */
  private static Path ownDirectory() throws Exception {
    Path target = Path.of("target").toAbsolutePath();
    Path own = Files.createTempDirectory(target, "namespace");
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
    Sandbox.give(own, USER);
    return own;
  }

  @Test
  void inAUserNamespaceAnUnmappedOwnerIsNobodyToTrust() throws Exception {
    Path own = ownDirectory();
    Path foreign = Files.createDirectories(own.resolve("foreign/stowage"));
    Sandbox.give(foreign.getParent(), USER);
    Files.setAttribute(foreign, "unix:uid", 65534);
    ChildJvm child =
        child().in(Sandbox.user(USER)).under("unshare", "--user", "--map-current-user");
    child.environment("STOWAGE_CACHE", own.toString());
    String text = child.cache(foreign.getParent()).option("-Dstowage.debug=true").run().output();
    assertThat(text)
        .contains(foreign + " belongs to a user who is not mapped into this user namespace")
        // The directories above the user's own one belong to unmapped owners and are not writable.
        .contains("4 cache: " + own, "RESULT ok use 1 1");
    assertThat(foreign).isEmptyDirectory();
    StagingDirectory.delete(own.toFile());
  }

  @Test
  void aPrivateDirectoryIsTheLastRootAndGoesAway() throws Exception {
    Path foreign = Files.createDirectory(home.resolve("foreign"));
    Path squatted = Files.createDirectory(home.resolve("tmp/stowage-alice"));
    ChildJvm child = child().in(Sandbox.user(USER));
    for (Path path : new Path[] {foreign, squatted}) {
      Files.setAttribute(path, "unix:uid", 4321);
    }
    child.option("-Duser.home=" + foreign, "-Duser.name=alice", "-Dstowage.debug=true");
    String text = child.run().output();
    assertThat(text).contains(squatted + " skipped: ", "belongs to 4321", "RESULT ok use 1 1");
    try (Stream<Path> left = Files.list(home.resolve("tmp"))) {
      assertThat(left).containsExactly(squatted);
    }
    assertThat(squatted).isEmptyDirectory();
  }
}
