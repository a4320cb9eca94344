package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.child.ManyMain;
import dev.stowage.loader.child.SampleLibrary;
import dev.stowage.loader.child.UndeployedMain;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several API instances in one JVM: the core is one image per process, the shim one per instance.
 */
class SharingTest {
  @TempDir static Path shared;
  @TempDir Path home;
  private static SampleLibrary fake;
  private static final String MANY = ManyMain.class.getName();
  private static final Path TESTS = Path.of("target/test-classes");

  @BeforeAll
  static void build() throws Exception {
    fake = SampleLibrary.create(shared.resolve("fake"));
  }

  private Outcome run(String... args) throws Exception {
    return SampleLibrary.childWith(home, TESTS).main(MANY, args).run();
  }

  private String own(SampleLibrary library) {
    return library.api() + "," + library.classifier();
  }

  @Test
  void classLoadersShareTheCoreAndHaveTheirOwnShim() throws Exception {
    String app = own(fake) + ":fake.api.App:rust";
    assertThat(run(app, app, app).onlyResult()).isEqualTo("[1 1] [2 1] [3 1]");
    Path entry = home.resolve(".cache/stowage").resolve(fake.content("rust"));
    assertThat(entry.resolve("2")).isDirectory();
    assertThat(entry.resolve("3")).isDirectory();
    assertThat(Files.getAttribute(entry, "unix:mode")).isEqualTo(0040500);
    // The copies are used again, not made again.
    assertThat(run(app, app, app).onlyResult()).isEqualTo("[1 1] [2 1] [3 1]");
    assertThat(entry.resolve("4")).doesNotExist();
  }

  @Test
  void inAnOverrideDirectoryTheSecondShimIsAPrivateTemporaryCopy() throws Exception {
    Path installed = Files.createDirectory(home.resolve("installed"));
    for (Path file : List.of(fake.core("rust"), fake.shim("rust"))) {
      Files.copy(file, installed.resolve(file.getFileName()));
    }
    String app = own(fake) + ":fake.api.App:rust";
    ChildJvm child =
        SampleLibrary.childWith(home, TESTS).option("-Dstowage.fake.path=" + installed);
    assertThat(child.main(MANY, app, app).run().onlyResult()).isEqualTo("[1 1] [2 1]");
    assertThat(installed.toFile().list()).hasSize(2);
    assertThat(home.resolve("tmp")).as("removed at exit").isEmptyDirectory();
  }

  @Test
  void aRelocatedCopyInTheSameLoaderHasItsOwnShim() throws Exception {
    SampleLibrary relocated = new SampleLibrary(home.resolve("relocated"), "1.0");
    for (String binding : List.of("rust")) {
      Files.copy(fake.core(binding), relocated.core(binding));
      Files.copy(fake.shim(binding), relocated.shim(binding));
      relocated.pin(binding);
    }
    relocated.apiJar("org.shaded.deep.fake.api");
    ChildJvm child =
        SampleLibrary.childWith(home, TESTS, fake.api(), fake.classifier(), relocated.api());
    String result =
        child
            .main(MANY, ":fake.api.App:rust", ":org.shaded.deep.fake.api.App:rust")
            .run()
            .onlyResult();
    assertThat(result).isEqualTo("[1 1] [2 1]");
  }

  @Test
  void oneGoCorePerJvm() throws Exception {
    SampleLibrary first = go("1.0");
    SampleLibrary second = go("2.0");
    String one = own(first) + ":fake.api.App:go";
    String two = own(second) + ":fake.api.App:go";
    Outcome outcome = run(one, two, one);
    assertThat(outcome.onlyResult()).isEqualTo("[1 1] [STOW-13] [2 1]");
    assertThat(outcome.output())
        .contains("loaded: fake 1.0 libstowage_fake_go-1.0", "wanted: fake 2.0");
  }

  /** The language is what matters, not the name: a Go core may be in a binding with any name. */
  @Test
  void oneGoCorePerJvmUnderAnyName() throws Exception {
    String one = own(core("net", "go", "1.0")) + ":fake.api.App:net";
    String two = own(core("registry", "go", "2.0")) + ":fake.api.App:registry";
    Outcome outcome = run(one, two, one);
    assertThat(outcome.onlyResult()).isEqualTo("[1 1] [STOW-13] [2 1]");
    assertThat(outcome.output())
        .contains("loaded: fake 1.0 libstowage_fake_net-1.0", "wanted: fake 2.0");
  }

  @Test
  void rustCoresInBindingsNamedGoLiveSideBySide() throws Exception {
    String one = own(core("go", "rust", "1.0")) + ":fake.api.App:go";
    String two = own(core("go", "rust", "2.0")) + ":fake.api.App:go";
    assertThat(run(one, two, one).onlyResult()).isEqualTo("[1 1] [1 1] [2 1]");
  }

  private SampleLibrary go(String version) throws Exception {
    return core("go", "go", version);
  }

  private SampleLibrary core(String binding, String language, String version) throws Exception {
    SampleLibrary library = new SampleLibrary(home.resolve(binding + version), version);
    library.compile(binding);
    library.pin(binding, language);
    library.apiJar("fake.api");
    library.classifierJar();
    return library;
  }

  @Test
  void aFailureIsThrownAgainInFull() throws Exception {
    Outcome outcome =
        SampleLibrary.childWith(home, TESTS, fake.api())
            .main(MANY, ":fake.api.App:rust", ":fake.api.App:rust")
            .run();
    assertThat(outcome.onlyResult()).isEqualTo("[STOW-04] [STOW-04]");
    assertThat(outcome.output().split("more: ", -1)).as("the full text twice").hasSize(3);
  }

  /** A core and a shim with other names (and SONAMEs), as a developer would build them. */
  private Path unpinnedGo() throws Exception {
    Path local = Files.createDirectory(home.resolve("local"));
    Path core = local.resolve("libstowage_fake_go-dev.so");
    SampleLibrary.shared(core, "core.c");
    Path shim = local.resolve("libstowage_fake_go_jni-dev.so");
    SampleLibrary.shared(
        shim, "shim.c", "-DCONTRACT=\"" + SampleLibrary.CONTRACT + "\"", core.toString());
    return local;
  }

  @Test
  void anUnpinnedGoCoreIsRefusedBesideAPinnedOne() throws Exception {
    String app = own(go("1.0")) + ":fake.api.App:go";
    Outcome outcome = run(app, "-D:stowage.library.path:" + unpinnedGo(), app);
    assertThat(outcome.onlyResult()).isEqualTo("[1 1] [STOW-13]");
    assertThat(outcome.output()).contains("wanted: fake 1.0 libstowage_fake_go-dev.so");
  }

  @Test
  void oneUnpinnedGoCoreServesTwoClassLoaders() throws Exception {
    String app = own(go("1.0")) + ":fake.api.App:go";
    assertThat(run("-D:stowage.library.path:" + unpinnedGo(), app, app).onlyResult())
        .isEqualTo("[1 1] [2 1]");
  }

  @Test
  void anEntryOfTheCacheThatIsNamedAsOverrideIsNotWrittenTo() throws Exception {
    fake.child(home).run().onlyResult();
    Path entry = home.resolve(".cache/stowage").resolve(fake.content("rust"));
    String app = own(fake) + ":fake.api.App:rust";
    assertThat(run("-D:stowage.fake.path:" + entry, app, app).onlyResult())
        .isEqualTo("[1 1] [2 1]");
    assertThat(entry.toFile().list()).hasSize(2);
    assertThat(home.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void aFailureDoesNotKeepTheFirstCallersClassLoader() throws Exception {
    ChildJvm child = SampleLibrary.childWith(home, fake.api(), Path.of("target/test-classes"));
    assertThat(child.main(UndeployedMain.class.getName()).run().onlyResult())
        .isEqualTo("collected");
  }

  @BeforeEach
  void homeHasATemporaryDirectory() throws Exception {
    Files.createDirectories(home.resolve("tmp"));
  }
}
