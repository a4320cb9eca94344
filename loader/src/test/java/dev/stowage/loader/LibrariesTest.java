package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.child.CorePathMain;
import dev.stowage.loader.child.ManyMain;
import dev.stowage.loader.child.SampleLibrary;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bindings that consist of other libraries than one core and one shim: any number, in load order,
 * with roles.
 */
class LibrariesTest {
  private static final String CONTRACT = "-DCONTRACT=\"" + SampleLibrary.CONTRACT + "\"";

  @TempDir Path home;
  private SampleLibrary fake;

  @BeforeEach
  void build() throws Exception {
    fake = new SampleLibrary(home.resolve("fake"), "1.0");
    Files.createDirectories(home.resolve("tmp"));
  }

  private Path library(String name) {
    return fake.natives().resolve(name);
  }

  private ChildJvm pack() throws Exception {
    fake.apiJar("fake.api");
    fake.classifierJar();
    return fake.child(home);
  }

  /** The core finds its dependency by SONAME only if that was loaded before. */
  private void needy() throws Exception {
    SampleLibrary.shared(library("libdep.so"), "dependency.c");
    SampleLibrary.shared(fake.core("rust"), "core.c", "-DNEEDS", library("libdep.so").toString());
    SampleLibrary.shared(fake.shim("rust"), "shim.c", CONTRACT, fake.core("rust").toString());
  }

  private Map<String, Path> libraries(String... roles) {
    Map<String, Path> libraries = new LinkedHashMap<>();
    for (String role : roles) {
      Path file = role.equals("core") ? fake.core("rust") : fake.shim("rust");
      libraries.put(role, role.equals("dependency") ? library("libdep.so") : file);
    }
    return libraries;
  }

  private Outcome twice() throws Exception {
    String app = fake.api() + "," + fake.classifier() + ":fake.api.App:rust";
    ChildJvm child = SampleLibrary.childWith(home, Path.of("target/test-classes"));
    return child.main(ManyMain.class.getName(), app, app).run();
  }

  private String corePath() throws Exception {
    Path tests = Path.of("target/test-classes");
    ChildJvm child = SampleLibrary.childWith(home, tests, fake.api(), fake.classifier());
    return child.main(CorePathMain.class.getName(), "rust").run().onlyResult();
  }

  @Test
  void threeLibrariesAreLoadedInTheirOrder() throws Exception {
    needy();
    fake.pin("rust", "rust", SampleLibrary.CONTRACT, libraries("dependency", "core", "shim"));
    ChildJvm cold = pack();
    assertThat(cold.run().onlyResult()).isEqualTo("11 1");
    Path entry = home.resolve(".cache/stowage").resolve(fake.content("rust"));
    assertThat(entry.toFile().list()).hasSize(3);
    assertThat(fake.child(home).run().onlyResult()).as("warm").isEqualTo("11 1");
  }

  /** Libraries are loaded in the order of the pins, whatever they need. */
  @Test
  void theOrderIsThatOfThePins() throws Exception {
    needy();
    fake.pin("rust", "rust", "-", libraries("shim", "dependency", "core"));
    List<String> loaded = new ArrayList<>();
    NativeLibrary recorder =
        new NativeLibrary() {
          @Override
          protected String pins(String classifier) {
            return fake.pinsText();
          }

          @Override
          protected String classifiers() {
            return SampleLibrary.CLASSIFIER;
          }

          @Override
          protected void load(String path) {
            loaded.add(Path.of(path).getFileName().toString());
          }
        };
    PinnedBinding pinned = PinnedBinding.parse(fake.pinsText(), "rust");
    assertThat(recorder.loadFrom(pinned, fake.natives().toFile(), false)).isTrue();
    assertThat(loaded).containsExactly(pinned.names);
    System.clearProperty("stowage.core." + pinned.core());
  }

  @Test
  void aDependencyIsOneImagePerProcess() throws Exception {
    needy();
    fake.pin("rust", "rust", SampleLibrary.CONTRACT, libraries("dependency", "core", "shim"));
    pack();
    // 10 from the first call of the dependency, 20 from the second one.
    assertThat(twice().onlyResult()).isEqualTo("[11 1] [32 1]");
  }

  @Test
  void aLibraryWithJniExportsIsOneImagePerApiInstance() throws Exception {
    SampleLibrary.shared(fake.core("rust"), "core.c");
    SampleLibrary.shared(library("libown.so"), "jni.c", fake.core("rust").toString());
    Map<String, Path> libraries = libraries("core");
    libraries.put("jni", library("libown.so"));
    fake.pin("rust", "rust", "-", libraries);
    assertThat(pack().run().onlyResult()).isEqualTo("1 101");
    assertThat(twice().onlyResult()).isEqualTo("[1 101] [2 101]");
    Path entry = home.resolve(".cache/stowage").resolve(fake.content("rust"));
    assertThat(entry.resolve("2").toFile().list()).containsExactly("libown.so");
  }

  @Test
  void anExecutableIsNeitherExtractedNorLoaded() throws Exception {
    fake.compile("rust");
    Map<String, Path> libraries = libraries("core", "shim");
    libraries.put("executable", library("tool"));
    Files.writeString(library("tool"), "no library");
    fake.pin("rust", "rust", SampleLibrary.CONTRACT, libraries);
    Files.delete(library("tool"));
    assertThat(pack().run().onlyResult()).isEqualTo("1 1");
    Path entry = home.resolve(".cache/stowage").resolve(fake.content("rust"));
    assertThat(entry.toFile().list()).hasSize(2);
  }

  @Test
  void aCoreAloneHasNoHandshake() throws Exception {
    SampleLibrary.shared(fake.core("rust"), "core.c");
    fake.pin("rust", "rust", "-", libraries("core"));
    String report = pack().main("dev.stowage.loader.LoaderMain", "doctor").run().output();
    assertThat(report).contains("handshake: none; this binding has no shim");
    assertThat(corePath()).endsWith(fake.core("rust").getFileName().toString());
  }

  @Test
  void aBindingWithoutACoreHasNoCoreToName() throws Exception {
    SampleLibrary.shared(fake.core("rust"), "core.c");
    SampleLibrary.shared(library("libown.so"), "jni.c", fake.core("rust").toString());
    Map<String, Path> libraries = new LinkedHashMap<>();
    libraries.put("dependency", fake.core("rust"));
    libraries.put("jni", library("libown.so"));
    fake.pin("rust", "other", "-", libraries);
    assertThat(pack().run().onlyResult()).isEqualTo("1 101");
    assertThat(corePath()).contains("STOW-17", "the binding 'rust' has no core");
  }
}
