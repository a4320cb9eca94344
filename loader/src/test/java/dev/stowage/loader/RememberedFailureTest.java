package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.loader.child.Cc;
import dev.stowage.loader.child.Child;
import dev.stowage.loader.child.Fake;
import dev.stowage.loader.child.Jdks;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage, wrong files and races; every outcome is a loaded library or one typed error. */
class RememberedFailureTest {
  @TempDir static Path shared;
  @TempDir Path home;
  private static Fake fake;

  @BeforeAll
  static void build() throws Exception {
    fake = Fake.create(shared.resolve("fake"));
  }

  private Child child() {
    return Child.of(fake, home);
  }

  private Path entry() {
    return home.resolve(".cache/stowage").resolve(fake.content("rust"));
  }

  private static void noLitter(Path base) throws Exception {
    try (Stream<Path> list = Files.list(base)) {
      assertThat(list.map(p -> p.getFileName().toString())).noneMatch(name -> name.startsWith("."));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"flip", "truncate", "empty", "delete"})
  void aDamagedCachedFileIsExtractedAgain(String damage) throws Exception {
    child().run().result();
    Path core = entry().resolve(fake.core("rust").getFileName());
    damage(core, damage);
    assertThat(child().option("-Dstowage.debug=true").run().output())
        .contains("damaged", "RESULT 1 1");
    assertThat(core).hasSameBinaryContentAs(fake.core("rust"));
    noLitter(entry().getParent());
  }

  private static void damage(Path file, String kind) throws Exception {
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
    List<Process> processes = new ArrayList<>();
    List<Path> logs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      logs.add(home.resolve("log" + i));
      processes.add(child().start(logs.get(i)));
    }
    for (int i = 0; i < 8; i++) {
      int exit = processes.get(i).waitFor();
      assertThat(new Child.Outcome(exit, Files.readString(logs.get(i))).result()).isEqualTo("1 1");
    }
    noLitter(entry().getParent());
  }

  @Test
  void killedExtractionsLeaveOnlyTemporaryNamesAndTheNextStartWorks() throws Exception {
    Path base = entry().getParent();
    for (int round = 0; round < 12; round++) {
      Process process = child().start(home.resolve("log"));
      Thread.sleep(60 + round * 20L);
      process.destroyForcibly().waitFor();
      if (!Files.exists(base)) {
        continue;
      }
      try (Stream<Path> list = Files.list(base)) {
        for (Path path : list.toList()) {
          String name = path.getFileName().toString();
          if (!name.startsWith(".new-")) {
            assertThat(name).isEqualTo(fake.content("rust"));
            assertThat(path.resolve(fake.core("rust").getFileName()))
                .hasSameBinaryContentAs(fake.core("rust"));
            assertThat(path.resolve(fake.shim("rust").getFileName()))
                .hasSameBinaryContentAs(fake.shim("rust"));
          }
        }
      }
    }
    assertThat(child().run().result()).isEqualTo("1 1");
  }

  @Test
  void oldLeftoversAreSweptYoungAndForeignNamesStay() throws Exception {
    Path base = Files.createDirectories(entry().getParent());
    Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx------"));
    for (String name : List.of(".new-old", ".old-old", ".new-young", "other")) {
      Path directory = Files.createDirectory(base.resolve(name));
      Files.writeString(directory.resolve("file"), "x");
      if (!name.endsWith("young")) {
        Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minusSeconds(7200)));
      }
    }
    child().run().result();
    assertThat(base.resolve(".new-old")).doesNotExist();
    assertThat(base.resolve(".old-old")).doesNotExist();
    assertThat(base.resolve(".new-young")).exists();
    assertThat(base.resolve("other")).exists();
  }

  @Test
  void aPlantedLinkIsNeverFollowed() throws Exception {
    Path victim = Files.createDirectory(home.resolve("victim"));
    Files.createDirectories(home.resolve(".cache"));
    Files.createSymbolicLink(home.resolve(".cache/stowage"), victim);
    assertThat(child().option("-Dstowage.debug=true").run().output())
        .contains("is a link", "RESULT 1 1");
    assertThat(victim).isEmptyDirectory();
  }

  @Test
  void aLinkInPlaceOfTheEntryIsReplaced() throws Exception {
    child().run().result();
    Path moved = home.resolve("moved");
    Files.move(entry(), moved);
    Files.createSymbolicLink(entry(), moved);
    assertThat(child().run().result()).isEqualTo("1 1");
    assertThat(Files.isSymbolicLink(entry())).isFalse();
    assertThat(moved).isNotEmptyDirectory();
  }

  @Test
  void missingClassifierJar() throws Exception {
    String text = new Child(home, fake.api()).run().failedWith("STOW-04");
    assertThat(text).contains("<classifier>linux-x86_64</classifier>", "-Dstowage.fake.path=");
  }

  @Test
  void classifierDirectoryOnTheClassPath() throws Exception {
    Path root = home.resolve("dir");
    Path natives = Files.createDirectories(root.resolve("META-INF/stowage/fake/1.0/linux-x86_64"));
    for (Path file : List.of(fake.core("rust"), fake.shim("rust"))) {
      Files.copy(file, natives.resolve(file.getFileName()));
    }
    assertThat(new Child(home, fake.api(), root).run().result()).isEqualTo("1 1");
  }

  @Test
  void swappedJarIsRefusedAndARightOneBehindItIsUsed() throws Exception {
    Fake other = new Fake(home.resolve("other"), "1.0");
    other.compile("rust");
    Files.writeString(other.core("rust"), "not a library", StandardCharsets.UTF_8);
    other.classifierJar();
    assertThat(new Child(home, fake.api(), other.classifier()).run().failedWith("STOW-05"))
        .contains("differs from the pins");
    assertThat(new Child(home, fake.api(), other.classifier(), fake.classifier()).run().result())
        .isEqualTo("1 1");
  }

  @Test
  void noPins() throws Exception {
    Path stripped = home.resolve("stripped");
    Files.createDirectories(stripped.resolve("fake/api"));
    try (var zip = java.nio.file.FileSystems.newFileSystem(fake.api())) {
      Files.copy(zip.getPath("fake/api/App.class"), stripped.resolve("fake/api/App.class"));
    }
    assertThat(new Child(home, stripped).run().failedWith("STOW-01"))
        .contains("as neighbour of fake.api.App", "a class of the package of StowagePins");
  }

  @Test
  void platformNotBuiltAndPinsOfTheFuture() throws Exception {
    Fake other = new Fake(home.resolve("other"), "1.0");
    other.apiJar("fake.api", "stowage-pins 1\n", "osx-aarch_64");
    assertThat(Child.of(other, home).run().failedWith("STOW-03")).contains("osx-aarch_64");
    other.apiJar("fake.api", "stowage-pins 2\nwhatever\n", Fake.CLASSIFIER);
    assertThat(Child.of(other, home).run().failedWith("STOW-17")).contains("stowage-pins 2");
    other.apiJar("fake.api", "stowage-pins 1\nlibrary fake\n", Fake.CLASSIFIER);
    Child.of(other, home).run().failedWith("STOW-17");
  }

  @Test
  void aBindingThatThePlatformCannotCarry() throws Exception {
    Fake other = new Fake(home.resolve("other"), "1.0");
    other.compile("rust");
    other.pin("rust");
    String pins = other.pinsText().replace("\nbinding ", "\nabsent go initial-exec-tls\nbinding ");
    other.apiJar("fake.api", pins, Fake.CLASSIFIER);
    other.classifierJar();
    assertThat(Child.of(other, home).main("fake.api.App", "go").run().failedWith("STOW-18"))
        .contains("golang/go#54805", "or use only what is here: rust", "#stow-18");
    assertThat(Child.of(other, home).run().result()).isEqualTo("1 1");
    Child doctor =
        new Child(home).main("dev.stowage.loader.LoaderMain", "doctor", other.api().toString());
    Child.Outcome outcome = doctor.run();
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("[warn]    3 STOW-18 the binding 'go'", "binding rust");
  }

  @Test
  void unknownPlatform() throws Exception {
    assertThat(child().option("-Dos.arch=mips").run().failedWith("STOW-02"))
        .contains("windows-x86_64");
  }

  private Fake with(byte[] core) throws Exception {
    return with(core, null);
  }

  private Fake with(byte[] core, byte[] shim) throws Exception {
    Fake other = new Fake(home.resolve("other"), "1.0");
    other.compile("rust");
    Files.write(other.core("rust"), core);
    if (shim != null) {
      Files.write(other.shim("rust"), shim);
    }
    other.pin("rust");
    other.apiJar("fake.api");
    other.classifierJar();
    return other;
  }

  @Test
  void wrongMachineAndGarbageAreNamedBeforeTheSystemSeesThem() throws Exception {
    byte[] arm = Files.readAllBytes(fake.core("rust"));
    arm[18] = (byte) 183;
    assertThat(Child.of(with(arm), home).run().failedWith("STOW-09")).contains("64-bit aarch_64");
    byte[] page = "<html>404</html>".getBytes(StandardCharsets.UTF_8);
    assertThat(Child.of(with(page), home).run().failedWith("STOW-09")).contains("web page");
    byte[] cut = java.util.Arrays.copyOf(Files.readAllBytes(fake.core("rust")), 3000);
    assertThat(Child.of(with(cut), home).run().failedWith("STOW-09")).contains("truncated");
  }

  @Test
  void aRefusalOfTheSystemComesWithItsOwnText() throws Exception {
    byte[] core = Files.readAllBytes(fake.core("rust"));
    core[7] = 0x42; // EI_OSABI (gABI): no such operating system, which only ld.so minds.
    assertThat(Child.of(with(core), home).run().failedWith("STOW-16"))
        .contains("ELF file OS ABI invalid", "report it");
  }

  @Test
  void aTooNewGlibcIsNamedWithBothVersions() throws Exception {
    byte[] bytes = Files.readAllBytes(fake.shim("rust"));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = text.indexOf("GLIBC_2.");
    assertThat(at).isPositive();
    System.arraycopy("GLIBC_2.99".getBytes(StandardCharsets.US_ASCII), 0, bytes, at, 10);
    assertThat(
            Child.of(with(Files.readAllBytes(fake.core("rust")), bytes), home)
                .run()
                .failedWith("STOW-11"))
        .contains("GLIBC_2.99", "this system has GLIBC_2.");
  }

  @Test
  void aMissingDependencyIsNamed() throws Exception {
    Fake other = new Fake(home.resolve("other"), "1.0");
    Path gone = home.resolve("libgone.so.7");
    Files.writeString(home.resolve("gone.c"), "int missing_function(void) { return 1; }\n");
    Cc.run(
        List.of(
            "cc",
            "-shared",
            "-fPIC",
            "-Wl,-soname,libgone.so.7",
            "-o",
            gone.toString(),
            home.resolve("gone.c").toString()));
    Cc.shared(other.core("rust"), "core.c", "-DNEEDS", gone.toString());
    Cc.shared(
        other.shim("rust"),
        "shim.c",
        "-DCONTRACT=\"" + Fake.CONTRACT + "\"",
        other.core("rust").toString(),
        gone.toString());
    other.pin("rust");
    other.apiJar("fake.api");
    other.classifierJar();
    assertThat(Child.of(other, home).run().failedWith("STOW-10")).contains("libgone.so.7");
  }

  @Test
  void overridePinnedUnpinnedWrongContractAndMissing() throws Exception {
    Path installed = Files.createDirectory(home.resolve("installed"));
    String path = "-Dstowage.fake.path=" + installed;
    assertThat(child().option(path).run().failedWith("STOW-15")).contains("-Dstowage.fake.path");
    Files.copy(fake.core("rust"), installed.resolve(fake.core("rust").getFileName()));
    child().option(path).run().failedWith("STOW-15");
    Files.copy(fake.shim("rust"), installed.resolve(fake.shim("rust").getFileName()));
    assertThat(new Child(home, fake.api()).option(path).run().result()).isEqualTo("1 1");
    assertThat(home.resolve(".cache")).doesNotExist();

    Path local = Files.createDirectory(home.resolve("local"));
    Path core = local.resolve("libstowage_fake_rust-2.0-11111111.so");
    Cc.shared(core, "core.c", "-g");
    Path shim = local.resolve("libstowage_fake_rust_jni-2.0-11111111.so");
    Cc.shared(shim, "shim.c", "-g", "-DCONTRACT=\"" + Fake.CONTRACT + "\"", core.toString());
    String both = "-Dstowage.library.path=" + local;
    assertThat(child().option(both, "-Dstowage.debug=true").run().output())
        .contains("unpinned", "RESULT 1 1");

    Cc.shared(shim, "shim.c", "-DCONTRACT=\"" + "deadbeef".repeat(8) + "\"", core.toString());
    assertThat(child().option(both).run().failedWith("STOW-12")).contains("deadbeef");
    Files.copy(
        shim,
        local.resolve("libstowage_fake_rust_jni-3.0-22222222.so"),
        StandardCopyOption.REPLACE_EXISTING);
    child().option(both).run().failedWith("STOW-15");
  }

  @Test
  void deniedNativeAccessNamesTheFlag() throws Exception {
    String newest = Jdks.newest();
    assumeTrue(
        Jdks.feature(Path.of(newest)) >= 24,
        "needs a JDK 24 or newer (JEP 472): beside java.home or in -Dstowage.test.jdks");
    String text =
        child().java(newest).option("--illegal-native-access=deny").run().failedWith("STOW-14");
    assertThat(text).contains("--enable-native-access=ALL-UNNAMED");
  }
}
