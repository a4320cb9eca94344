package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.loader.child.SampleLibrary;
import dev.stowage.testing.CCompiler;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Commands;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wrong files, pins and directories: the result is always a loaded library or one error with an id.
 */
class RememberedFailureTest {
  @TempDir static Path shared;
  @TempDir Path home;
  private static SampleLibrary fake;

  @BeforeAll
  static void build() throws Exception {
    fake = SampleLibrary.create(shared.resolve("fake"));
  }

  private ChildJvm child() {
    return fake.child(home);
  }

  @Test
  void aMissingClassifierJarIsNamed() throws Exception {
    String text = fake.apiChild(home).run().expectFailed("STOW-04");
    assertThat(text).contains("<classifier>linux-x86_64</classifier>", "-Dstowage.fake.path=");
  }

  @Test
  void classifierDirectoryOnTheClassPath() throws Exception {
    Path root = home.resolve("dir");
    Path natives = Files.createDirectories(root.resolve("META-INF/stowage/fake/1.0/linux-x86_64"));
    for (Path file : List.of(fake.core("rust"), fake.shim("rust"))) {
      Files.copy(file, natives.resolve(file.getFileName()));
    }
    assertThat(SampleLibrary.childWith(home, fake.api(), root).run().onlyResult()).isEqualTo("1 1");
  }

  @Test
  void aJarWithAChangedLibraryOfTheSameSizeIsRefused() throws Exception {
    SampleLibrary other = new SampleLibrary(home.resolve("other"), "1.0");
    other.compile("rust");
    byte[] core = Files.readAllBytes(fake.core("rust"));
    core[core.length - 1] ^= 1;
    Files.write(other.core("rust"), core);
    other.classifierJar();
    ChildJvm child = SampleLibrary.childWith(home, fake.api(), other.classifier());
    assertThat(child.run().expectFailed("STOW-05")).contains("differs from the pins");
  }

  @Test
  void swappedJarIsRefusedAndARightOneBehindItIsUsed() throws Exception {
    SampleLibrary other = new SampleLibrary(home.resolve("other"), "1.0");
    other.compile("rust");
    Files.writeString(other.core("rust"), "not a library", StandardCharsets.UTF_8);
    other.classifierJar();
    assertThat(
            SampleLibrary.childWith(home, fake.api(), other.classifier())
                .run()
                .expectFailed("STOW-05"))
        .contains("differs from the pins");
    assertThat(
            SampleLibrary.childWith(home, fake.api(), other.classifier(), fake.classifier())
                .run()
                .onlyResult())
        .isEqualTo("1 1");
  }

  @Test
  void aMissingPinsClassIsNamed() throws Exception {
    Path stripped = home.resolve("stripped");
    Files.createDirectories(stripped.resolve("fake/api"));
    try (var zip = java.nio.file.FileSystems.newFileSystem(fake.api())) {
      Files.copy(zip.getPath("fake/api/App.class"), stripped.resolve("fake/api/App.class"));
    }
    assertThat(SampleLibrary.childWith(home, stripped).run().expectFailed("STOW-01"))
        .contains(
            "in the package of fake.api.App", "a class from the package that contains StowagePins");
  }

  @Test
  void platformNotBuiltAndPinsOfTheFuture() throws Exception {
    SampleLibrary other = new SampleLibrary(home.resolve("other"), "1.0");
    other.apiJar("fake.api", "stowage-pins 1\n", "osx-aarch_64");
    assertThat(other.child(home).run().expectFailed("STOW-03")).contains("osx-aarch_64");
    other.apiJar("fake.api", "stowage-pins 2\nwhatever\n", SampleLibrary.CLASSIFIER);
    assertThat(other.child(home).run().expectFailed("STOW-17")).contains("stowage-pins 2");
    other.apiJar("fake.api", "stowage-pins 1\nlibrary fake\n", SampleLibrary.CLASSIFIER);
    other.child(home).run().expectFailed("STOW-17");
  }

  @Test
  void aBindingThatThePlatformCannotCarry() throws Exception {
    SampleLibrary other = new SampleLibrary(home.resolve("other"), "1.0");
    other.compile("rust");
    other.pin("rust");
    String pins =
        other.pinsText().replace("\nbinding ", "\nunsupported go go initial-exec-tls\nbinding ");
    other.apiJar("fake.api", pins, SampleLibrary.CLASSIFIER);
    other.classifierJar();
    assertThat(other.child(home).main("fake.api.App", "go").run().expectFailed("STOW-18"))
        .contains("golang/go#54805", "or use only the bindings packed for it: rust", "#stow-18");
    assertThat(other.child(home).run().onlyResult()).isEqualTo("1 1");
    ChildJvm doctor =
        SampleLibrary.childWith(home)
            .main("dev.stowage.loader.LoaderMain", "doctor", other.api().toString());
    Outcome outcome = doctor.run();
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("[warning] 3 STOW-18 the binding 'go'", "binding rust");
  }

  @Test
  void anUnknownPlatformNamesTheKnownOnes() throws Exception {
    assertThat(child().option("-Dos.arch=mips").run().expectFailed("STOW-02"))
        .contains("windows-x86_64");
  }

  private SampleLibrary with(byte[] core) throws Exception {
    return with(core, null);
  }

  private SampleLibrary with(byte[] core, byte[] shim) throws Exception {
    SampleLibrary other = new SampleLibrary(home.resolve("other"), "1.0");
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
  void wrongMachineAndGarbageAreNamed() throws Exception {
    byte[] arm = Files.readAllBytes(fake.core("rust"));
    arm[18] = (byte) 183;
    assertThat(with(arm).child(home).run().expectFailed("STOW-09")).contains("64-bit aarch_64");
    byte[] page = "<html>404</html>".getBytes(StandardCharsets.UTF_8);
    assertThat(with(page).child(home).run().expectFailed("STOW-09")).contains("web page");
  }

  /** A system may crash on a file whose end is missing. The build has checked what is pinned. */
  @Test
  void aTruncatedInstalledFileIsNamedBeforeTheSystemSeesIt() throws Exception {
    Path installed = Files.createDirectory(home.resolve("installed"));
    byte[] cut = Arrays.copyOf(Files.readAllBytes(fake.core("rust")), 3000);
    Files.write(installed.resolve(fake.core("rust").getFileName()), cut);
    Files.copy(fake.shim("rust"), installed.resolve(fake.shim("rust").getFileName()));
    String text = child().option("-Dstowage.fake.path=" + installed).run().expectFailed("STOW-09");
    assertThat(text)
        .contains(installed.resolve(fake.core("rust").getFileName()) + ": ", "truncated")
        .doesNotContain("7 load");
  }

  @Test
  void aRefusalOfTheSystemComesWithItsOwnText() throws Exception {
    byte[] core = Files.readAllBytes(fake.core("rust"));
    core[7] = 0x42; // EI_OSABI (gABI): an unknown operating system, which only ld.so refuses.
    assertThat(with(core).child(home).run().expectFailed("STOW-16"))
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
            with(Files.readAllBytes(fake.core("rust")), bytes)
                .child(home)
                .run()
                .expectFailed("STOW-11"))
        .contains("GLIBC_2.99", "this system has GLIBC_2.");
  }

  /** The newest version that the system has, so it is not too new. */
  @Test
  void theVeryGlibcThatRunsIsNewEnough() throws Exception {
    String version = "GLIBC_" + runningGlibc();
    SampleLibrary other = new SampleLibrary(home.resolve("other"), "1.0");
    Path libc = home.resolve("stub/libc.so.6");
    Path map = Files.writeString(home.resolve("map"), version + " { global: newest; };\n");
    CCompiler.host()
        .library(
            libc,
            "int newest(void) { return 1; }\n",
            List.of("-nostdlib", "-Wl,-soname,libc.so.6", "-Wl,--version-script=" + map));
    String source =
        """
        extern int newest(void) __attribute__((weak));
        int fake_count(void) { static int calls; return newest ? -1 : ++calls; }
        """;
    Path core = other.core("rust");
    CCompiler.host()
        .library(
            core,
            source,
            List.of(
                "-nostdlib",
                "-Wl,--no-as-needed",
                libc.toString(),
                "-Wl,-soname," + core.getFileName()));
    assertThat(Files.readString(core, StandardCharsets.ISO_8859_1).contains(version + "\0"))
        .as(version)
        .isTrue();
    other.compileShim("rust");
    other.pin("rust");
    other.apiJar("fake.api");
    other.classifierJar();
    // The headers are read where something is to be explained, so a plain start is not enough.
    assertThat(other.child(home).option("-Dstowage.debug=true").run().output())
        .contains("RESULT ok use 1 1")
        .doesNotContain("STOW-11");
    assertThat(other.child(home).run().onlyResult()).isEqualTo("1 1");
  }

  private static String runningGlibc() {
    // getconf prints "glibc 2.36".
    String[] words =
        Commands.output(Path.of("."), List.of("getconf", "GNU_LIBC_VERSION")).split("\\s+");
    return words[1];
  }

  @Test
  void aMissingDependencyIsNamed() throws Exception {
    SampleLibrary other = new SampleLibrary(home.resolve("other"), "1.0");
    Path gone = home.resolve("libgone.so.7");
    String source = "int missing_function(void) { return 1; }\n";
    CCompiler.host().library(gone, source, List.of("-Wl,-soname,libgone.so.7"));
    SampleLibrary.shared(other.core("rust"), "core.c", "-DNEEDS", gone.toString());
    SampleLibrary.shared(
        other.shim("rust"),
        "shim.c",
        "-DCONTRACT=\"" + SampleLibrary.CONTRACT + "\"",
        other.core("rust").toString(),
        gone.toString());
    other.pin("rust");
    other.apiJar("fake.api");
    other.classifierJar();
    assertThat(other.child(home).run().expectFailed("STOW-10")).contains("libgone.so.7");
  }

  @Test
  void overridePinnedUnpinnedWrongContractAndMissing() throws Exception {
    Path installed = Files.createDirectory(home.resolve("installed"));
    String path = "-Dstowage.fake.path=" + installed;
    assertThat(child().option(path).run().expectFailed("STOW-15")).contains("-Dstowage.fake.path");
    Files.copy(fake.core("rust"), installed.resolve(fake.core("rust").getFileName()));
    child().option(path).run().expectFailed("STOW-15");
    Files.copy(fake.shim("rust"), installed.resolve(fake.shim("rust").getFileName()));
    assertThat(fake.apiChild(home).option(path).run().onlyResult()).isEqualTo("1 1");
    assertThat(home.resolve(".cache")).doesNotExist();

    Path local = Files.createDirectory(home.resolve("local"));
    Path core = local.resolve("libstowage_fake_rust-2.0-11111111.so");
    SampleLibrary.shared(core, "core.c", "-g");
    Path shim = local.resolve("libstowage_fake_rust_jni-2.0-11111111.so");
    SampleLibrary.shared(
        shim, "shim.c", "-g", "-DCONTRACT=\"" + SampleLibrary.CONTRACT + "\"", core.toString());
    String both = "-Dstowage.library.path=" + local;
    assertThat(child().option(both, "-Dstowage.debug=true").run().output())
        .contains("unpinned", "RESULT ok use 1 1");

    SampleLibrary.shared(
        shim, "shim.c", "-DCONTRACT=\"" + "deadbeef".repeat(8) + "\"", core.toString());
    assertThat(child().option(both).run().expectFailed("STOW-12")).contains("deadbeef");
    Files.copy(
        shim,
        local.resolve("libstowage_fake_rust_jni-3.0-22222222.so"),
        StandardCopyOption.REPLACE_EXISTING);
    child().option(both).run().expectFailed("STOW-15");
  }

  @Test
  void deniedNativeAccessNamesTheFlag() throws Exception {
    Jdk newest = Jdk.newest();
    assumeTrue(
        newest.feature() >= 24,
        "needs a JDK 24 or newer (JEP 472): in /usr/lib/jvm or in -Dstowage.test.jdks");
    String text =
        child().jdk(newest).option("--illegal-native-access=deny").run().expectFailed("STOW-14");
    assertThat(text).contains("--enable-native-access=ALL-UNNAMED");
  }
}
