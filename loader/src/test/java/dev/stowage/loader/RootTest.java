package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.loader.child.Child;
import dev.stowage.loader.child.Fake;
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
 * Cache roots that cannot be trusted or used. Needs root, for mounts and other users; each has a
 * control.
 */
class RootTest {
  private static final String[] NOBODY = {
    "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"
  };

  @TempDir static Path shared;
  @TempDir Path home;
  private static Fake fake;

  @BeforeAll
  static void build() throws Exception {
    boolean root = System.getProperty("user.name").equals("root");
    if (!root) {
      System.out.println("skipped: RootTest needs root for mounts and other users");
    }
    assumeTrue(root, "needs root for mounts and other users");
    fake = Fake.create(shared.resolve("fake"));
    open(shared);
  }

  @BeforeEach
  void temporaryDirectory() throws Exception {
    Files.createDirectories(home.resolve("tmp"));
  }

  /** A child that runs as an ordinary user, who owns the home directory. */
  private Child nobody(Path... jars) throws Exception {
    for (Path path : List.of(home, home.resolve("tmp"))) {
      Files.setAttribute(path, "unix:uid", 65534);
      Files.setAttribute(path, "unix:gid", 65534);
    }
    return new Child(home, jars).under(NOBODY);
  }

  private static void open(Path tree) throws Exception {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.toList()) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private Child child() {
    return Child.of(fake, home);
  }

  /** Runs a child in a mount namespace of its own, after a shell command. */
  private Child.Outcome mounted(String mount, Child child) throws Exception {
    return child.under("unshare", "-m", "sh", "-c", mount + " && exec \"$@\"", "sh").run();
  }

  private Path directory(String name, String mode, int owner) throws Exception {
    Path path = Files.createDirectory(home.resolve(name));
    Files.setAttribute(path, "unix:uid", owner);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    return path;
  }

  @Test
  void ordinaryUserColdAndWarm() throws Exception {
    assertThat(nobody(fake.api(), fake.classifier()).run().result()).isEqualTo("1 1");
    assertThat(nobody(fake.api()).run().result()).isEqualTo("1 1");
  }

  @Test
  void aRootOfAnotherUserIsSkipped() throws Exception {
    Path cache = directory("foreign", "rwxr-xr-x", 1234);
    String text =
        nobody(fake.api(), fake.classifier())
            .cache(cache)
            .option("-Dstowage.debug=true")
            .run()
            .output();
    assertThat(text).contains(cache + " skipped: ", "belongs to", "RESULT 1 1");
  }

  @Test
  void aWorldWritableRootIsSkippedUnlessSticky() throws Exception {
    Path cache = directory("open", "rwxrwxrwx", 65534);
    String text =
        nobody(fake.api(), fake.classifier())
            .cache(cache)
            .option("-Dstowage.debug=true")
            .run()
            .output();
    assertThat(text).contains(cache + " skipped: ", "others can write to", "RESULT 1 1");
    assertThat(cache).isEmptyDirectory();
    Files.setAttribute(cache, "unix:mode", 01777);
    nobody(fake.api(), fake.classifier()).cache(cache).run().result();
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
    String text =
        nobody(fake.api(), fake.classifier())
            .cache(cache)
            .option("-Dstowage.debug=true")
            .run()
            .output();
    assertThat(text).contains(cache + " skipped: ", "belongs to", "RESULT 1 1");
    // Without the debug option the warm path decides first; it must not take the planted files
    // either.
    assertThat(
            nobody(fake.api(), fake.classifier())
                .cache(cache)
                .option("-verbose:class")
                .run()
                .output())
        .contains("dev.stowage.loader.ColdStart", "RESULT 1 1");
  }

  @Test
  void aNoExecRootIsPassedByAndNamedWhenItIsTheOnlyOne() throws Exception {
    Path cache = directory("noexec", "rwx------", 0);
    String mount = "mount -t tmpfs -o noexec,mode=0700 tmpfs " + cache;
    String control =
        mount
            + " && cp /bin/true "
            + cache
            + "/t && ! "
            + cache
            + "/t 2>/dev/null && rm "
            + cache
            + "/t";
    String text = mounted(control, child().cache(cache).option("-Dstowage.debug=true")).output();
    assertThat(text).contains("is mounted noexec", "RESULT 1 1");
    Path other = Files.createTempDirectory("stowage-test");
    try {
      String both = control + " && mount -t tmpfs -o noexec,mode=0700 tmpfs " + other;
      Child only = Child.of(fake, other).cache(cache).option("-Djava.io.tmpdir=" + other);
      assertThat(mounted(both, only).failedWith("STOW-07"))
          .contains("-Dstowage.cache=", "mounted noexec");
    } finally {
      Files.delete(other);
    }
  }

  @Test
  void aReadOnlyRootIsPassedBy() throws Exception {
    Path cache = directory("readonly", "rwx------", 0);
    String control =
        "mount -t tmpfs -o ro tmpfs " + cache + " && ! touch " + cache + "/t 2>/dev/null";
    String text = mounted(control, child().cache(cache).option("-Dstowage.debug=true")).output();
    assertThat(text).contains(cache + " skipped: ", "RESULT 1 1");
  }

  @Test
  void aFilledReadOnlyCacheStillServes() throws Exception {
    Path cache = directory("filled", "rwx------", 0);
    child().cache(cache).run().result();
    String control =
        "mount --bind "
            + cache
            + " "
            + cache
            + " && mount -o remount,ro,bind "
            + cache
            + " && ! touch "
            + cache
            + "/t 2>/dev/null";
    Child.Outcome outcome = mounted(control, new Child(home, fake.api()).cache(cache));
    assertThat(outcome.result()).isEqualTo("1 1");
  }

  @Test
  void aFullRootIsPassedByWithNothingLeft() throws Exception {
    Path cache = directory("full", "rwx------", 0);
    String control =
        "mount -t tmpfs -o size=16k,mode=0700 tmpfs "
            + cache
            + " && ! head -c 40000 /dev/zero 2>/dev/null > "
            + cache
            + "/t; rm "
            + cache
            + "/t";
    String text = mounted(control, child().cache(cache).option("-Dstowage.debug=true")).output();
    assertThat(text).contains(cache + " skipped: ", "No space left", "RESULT 1 1");
  }

  /** An ordinary user's child in a mount namespace. */
  private Child.Outcome mountedAsNobody(String mount, Child child) throws Exception {
    return child
        .under("unshare", "-m", "sh", "-c", mount + " && exec \"$@\"", "sh")
        .under(NOBODY)
        .run();
  }

  private void giveHomeAway() throws Exception {
    for (Path path : List.of(home, home.resolve("tmp"))) {
      Files.setAttribute(path, "unix:uid", 65534);
    }
  }

  @Test
  void aFilledReadOnlyCacheServesAnOrdinaryUser() throws Exception {
    Path cache = directory("filled", "rwx------", 65534);
    nobody(fake.api(), fake.classifier()).cache(cache).run().result();
    String control =
        "mount --bind C C && mount -o remount,ro,bind C && ! setpriv --reuid=65534 touch C/t 2>/dev/null"
            .replace("C", cache.toString());
    Child child = new Child(home, fake.api()).cache(cache).option("-verbose:class");
    assertThat(mountedAsNobody(control, child).output()).contains("RESULT 1 1");
  }

  @Test
  void onlyForeignRootsAreNamedWithTheirOwner() throws Exception {
    giveHomeAway();
    Path foreign = directory("foreign", "rwxr-xr-x", 1234);
    Child child =
        new Child(home, fake.api(), fake.classifier())
            .cache(foreign)
            .option("-Duser.home=" + foreign, "-Djava.io.tmpdir=" + foreign)
            .under(NOBODY);
    assertThat(child.run().failedWith("STOW-06"))
        .contains(foreign + ": ", "belongs to 1234", "-Dstowage.cache=<directory>");
    assertThat(foreign).isEmptyDirectory();
  }

  @Test
  void onlyReadOnlyRootsAreNamedWithTheSystemsText() throws Exception {
    giveHomeAway();
    Path only = directory("readonly", "rwx------", 65534);
    String control =
        "mount -t tmpfs -o ro,uid=65534,mode=0700 tmpfs C && touch C/t 2>&1 | grep -q 'Read-only file system'"
            .replace("C", only.toString());
    Child child =
        new Child(home, fake.api(), fake.classifier())
            .cache(only)
            .option("-Duser.home=" + only, "-Djava.io.tmpdir=" + only);
    assertThat(mountedAsNobody(control, child).failedWith("STOW-06"))
        .contains(
            "cannot be written to: Read-only file system (" + only + " is mounted read-only)");
  }

  @Test
  void onlyFullRootsAreNamedWithTheSystemsText() throws Exception {
    giveHomeAway();
    Path only = directory("full", "rwx------", 65534);
    String control =
        "mount -t tmpfs -o size=16k,uid=65534,mode=0700 tmpfs C"
            + " && head -c 40000 /dev/zero 2>&1 > C/t | grep -q 'No space left'; rm C/t";
    Child child =
        new Child(home, fake.api(), fake.classifier())
            .cache(only)
            .option("-Duser.home=" + only, "-Djava.io.tmpdir=" + only);
    assertThat(mountedAsNobody(control.replace("C", only.toString()), child).failedWith("STOW-08"))
        .contains("No space left", "free space there");
  }
}
