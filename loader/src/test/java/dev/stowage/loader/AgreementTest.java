package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.child.SampleLibrary;
import dev.stowage.testing.CCompiler;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Sandbox;
import dev.stowage.testing.SharedFiles;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For every fault the loader doctor says, by id, found and fix, what loading throws. */
class AgreementTest {
  private static final String PATH = "stowage.fake.path";

  @TempDir static Path shared;
  @TempDir Path home;
  private static SampleLibrary fake;
  private SampleLibrary other;

  @BeforeAll
  static void build() throws Exception {
    fake = SampleLibrary.create(shared.resolve("fake"));
    SharedFiles.share(shared);
  }

  @BeforeEach
  void layOut() throws Exception {
    System.setProperty("stowage.cache", home.resolve("cache").toString());
    other = new SampleLibrary(home.resolve("other"), "1.0");
    Files.copy(fake.core("rust"), other.core("rust"));
    Files.copy(fake.shim("rust"), other.shim("rust"));
    Files.createDirectories(home.resolve("tmp"));
  }

  @AfterEach
  void restore() {
    System.clearProperty("stowage.cache");
    System.clearProperty(PATH);
  }

  /** In this JVM, from these JARs. */
  private static String agreed(String binding, Path... jars) throws Exception {
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = jars[i].toUri().toURL();
    }
    try (URLClassLoader loader = new URLClassLoader(urls, AgreementTest.class.getClassLoader())) {
      Class<?> api = Class.forName("fake.api.App", false, loader);
      return Agreement.of(NativeLibrary.of(api), binding);
    }
  }

  private String packed() throws Exception {
    other.pin("rust");
    other.apiJar("fake.api");
    other.classifierJar();
    return agreed("rust", other.api(), other.classifier());
  }

  @Test
  void aGoodJarThenAGoodCache() throws Exception {
    assertThat(agreed("rust", fake.api(), fake.classifier())).isEqualTo("none");
    assertThat(agreed("rust", fake.api())).isEqualTo("none");
  }

  @Test
  void noClassifierJar() throws Exception {
    assertThat(agreed("rust", fake.api())).isEqualTo("STOW-04");
  }

  @Test
  void pinsOfOtherPlatformsAndFormats() throws Exception {
    other.apiJar("fake.api", "stowage-pins 1\n", "osx-aarch_64");
    assertThat(agreed("rust", other.api())).isEqualTo("STOW-03");
    other.apiJar("fake.api", "stowage-pins 2\nwhatever\n", SampleLibrary.CLASSIFIER);
    assertThat(agreed("rust", other.api())).isEqualTo("STOW-17");
    other.apiJar("fake.api", "stowage-pins 1\nlibrary fake\n", SampleLibrary.CLASSIFIER);
    assertThat(agreed("rust", other.api())).isEqualTo("STOW-17");
    assertThat(agreed("another", fake.api())).isEqualTo("STOW-17");
  }

  @Test
  void aBindingThatThePlatformDoesNotSupport() throws Exception {
    other.pin("rust");
    String pins = other.pinsText().replace("\nbinding ", "\nunsupported go go too-slow\nbinding ");
    other.apiJar("fake.api", pins, SampleLibrary.CLASSIFIER);
    assertThat(agreed("go", other.api())).isEqualTo("STOW-18");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "other machine", "shorter", "longer", "missing", "cut archive"})
  void aJarThatIsNotTheOneOfThePins(String fault) throws Exception {
    byte[] core = Files.readAllBytes(other.core("rust"));
    if (fault.equals("text")) {
      Files.writeString(other.core("rust"), "not a library");
    } else if (fault.equals("other machine")) {
      core[18] = (byte) 183;
      Files.write(other.core("rust"), core);
    } else if (fault.equals("shorter") || fault.equals("longer")) {
      int size = core.length + (fault.equals("longer") ? 1 : -1);
      Files.write(other.core("rust"), Arrays.copyOf(core, size));
    } else if (fault.equals("missing")) {
      Files.delete(other.shim("rust"));
    }
    other.classifierJar();
    if (fault.equals("cut archive")) {
      cut(other.classifier());
    }
    assertThat(agreed("rust", fake.api(), other.classifier())).isEqualTo("STOW-05");
    // A right one behind it is used, and that is what the loader doctor says.
    assertThat(agreed("rust", fake.api(), other.classifier(), fake.classifier())).isEqualTo("none");
  }

  /** The list of entries is whole, their content is not. */
  private static void cut(Path jar) throws Exception {
    byte[] bytes = Files.readAllBytes(jar);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int content = text.indexOf(".so") + 3;
    Arrays.fill(bytes, content, content + 2000, (byte) 0xff);
    Files.write(jar, bytes);
  }

  @Test
  void pinnedFilesThatTheSystemCannotLoad() throws Exception {
    byte[] core = Files.readAllBytes(other.core("rust"));
    byte[] arm = core.clone();
    arm[18] = (byte) 183;
    Files.write(other.core("rust"), arm);
    assertThat(packed()).isEqualTo("STOW-09");
    // Now from the cache.
    assertThat(agreed("rust", other.api())).isEqualTo("STOW-09");
    Files.writeString(other.core("rust"), "<html>404</html>");
    assertThat(packed()).isEqualTo("STOW-09");
  }

  @Test
  void aPinnedLibraryForANewerSystem() throws Exception {
    byte[] bytes = Files.readAllBytes(other.shim("rust"));
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("GLIBC_2.");
    System.arraycopy("GLIBC_2.99".getBytes(StandardCharsets.US_ASCII), 0, bytes, at, 10);
    Files.write(other.shim("rust"), bytes);
    assertThat(packed()).isEqualTo("STOW-11");
  }

  @Test
  void aPinnedShimOfAnotherContract() throws Exception {
    SampleLibrary.shared(
        other.shim("rust"),
        "shim.c",
        "-DCONTRACT=\"" + "deadbeef".repeat(8) + "\"",
        other.core("rust").toString());
    assertThat(packed()).isEqualTo("STOW-12");
  }

  @Test
  void installedDirectories() throws Exception {
    Path installed = home.resolve("installed");
    System.setProperty(PATH, installed.toString());
    assertThat(agreed("rust", fake.api())).as("missing").isEqualTo("STOW-15");
    Files.createDirectory(installed);
    assertThat(agreed("rust", fake.api())).as("empty").isEqualTo("STOW-15");
    Path core = installed.resolve("libstowage_fake_rust-2.0-11111111.so");
    Path shim = installed.resolve("libstowage_fake_rust_jni-2.0-11111111.so");
    Files.copy(fake.shim("rust"), shim);
    byte[] bytes = Files.readAllBytes(fake.core("rust"));
    Files.write(core, Arrays.copyOf(bytes, 3000));
    assertThat(agreed("rust", fake.api())).as("truncated").isEqualTo("STOW-09");
    bytes[18] = (byte) 183;
    Files.write(core, bytes);
    assertThat(agreed("rust", fake.api())).as("other machine").isEqualTo("STOW-09");
    SampleLibrary.shared(core, "core.c");
    CCompiler.host().library(shim, "int nothing;\n", List.of());
    assertThat(agreed("rust", fake.api())).as("no contract").isEqualTo("STOW-12");
  }

  /** A JVM of its own; every root that it may try is this one. */
  private ChildJvm child(Path root) {
    Path tests = Path.of("target/test-classes");
    ChildJvm child = SampleLibrary.childWith(home, tests, fake.api(), fake.classifier());
    child.cache(root).option("-Duser.home=" + root, "-Djava.io.tmpdir=" + root);
    return child.main(Agreement.class.getName(), "fake.api.App", "rust");
  }

  @Test
  void anUnknownPlatform() throws Exception {
    assertThat(child(home).option("-Dos.arch=mips").run().onlyResult()).isEqualTo("STOW-02");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc", "/proc/self/status", "some/where"})
  void rootsThatNobodyCanUse(String root) throws Exception {
    assertThat(child(Path.of(root)).run().onlyResult()).isEqualTo("STOW-06");
  }

  @ParameterizedTest
  @ValueSource(strings = {"noexec", "ro"})
  void mountsThatDoNotHelp(String option) throws Exception {
    Sandbox.assumeRoot();
    Path root = Files.createTempDirectory("stowage-test");
    try {
      Sandbox mounted = Sandbox.none().tmpfs(root, 1 << 20, "," + option);
      assertThat(child(root).in(mounted).run().onlyResult())
          .isEqualTo(option.equals("ro") ? "STOW-06" : "STOW-07");
    } finally {
      Files.delete(root);
    }
  }

  @Test
  void rootsOfOthers() throws Exception {
    Sandbox.assumeRoot();
    Path root = Files.createDirectory(home.resolve("foreign"));
    Sandbox.give(root, 4321);
    SharedFiles.share(shared);
    assertThat(child(root).run().onlyResult()).isEqualTo("STOW-06");
  }
}
