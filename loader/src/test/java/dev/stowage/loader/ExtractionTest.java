package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.child.NestedJarMain;
import dev.stowage.loader.child.SampleLibrary;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.RunningChild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native libraries in a JAR inside a JAR, and a kill that provably hits a half-written file. */
class ExtractionTest {
  private static final String INNER = "BOOT-INF/lib/natives.jar";

  @TempDir static Path shared;
  @TempDir Path home;
  private static SampleLibrary fake;
  private static Path outer;

  @BeforeAll
  static void build() throws Exception {
    fake = SampleLibrary.create(shared.resolve("fake"));
    Path library = Files.createDirectories(shared.resolve("app/BOOT-INF/lib"));
    Files.copy(fake.classifier(), library.resolve("natives.jar"));
    outer = shared.resolve("app.jar");
    SampleLibrary.zip(outer, shared.resolve("app"), "");
  }

  private ChildJvm nested(Path jar, boolean stop) {
    return SampleLibrary.childWith(home, Path.of("target/test-classes"))
        .main(
            NestedJarMain.class.getName(), fake.api().toString(), jar.toString(), INNER, "" + stop);
  }

  private Path base() {
    return home.resolve(".cache/stowage");
  }

  private static List<Path> list(Path directory) throws Exception {
    try (Stream<Path> list = Files.list(directory)) {
      return list.toList();
    }
  }

  @Test
  void aJarInsideAJarIsReadThroughItsOwnUrlHandler() throws Exception {
    assertThat(nested(outer, false).run().onlyResult()).isEqualTo("1 1");
    Path entry = base().resolve(fake.content("rust"));
    assertThat(entry.resolve(fake.core("rust").getFileName()))
        .hasSameBinaryContentAs(fake.core("rust"));
    // A warm start needs no file of it again.
    assertThat(fake.apiChild(home).run().onlyResult()).isEqualTo("1 1");
  }

  @Test
  void anEntryThatVanishesBeforeItIsLoadedIsMadeAgain() throws Exception {
    ChildJvm child = fake.child(home).option("-Dfake.moved=true", "-Dstowage.debug=true");
    assertThat(child.run().output())
        .contains("RESULT ok use 1 1", "7 load: ", "Can't load library");
    assertThat(list(base())).hasSize(2);
  }

  @Test
  void aForeignJarInsideAJarIsRefused() throws Exception {
    SampleLibrary other = new SampleLibrary(home.resolve("other"), "1.0");
    other.compile("rust");
    Files.writeString(other.core("rust"), "not a library");
    other.classifierJar();
    Path library = Files.createDirectories(home.resolve("app/BOOT-INF/lib"));
    Files.copy(other.classifier(), library.resolve("natives.jar"));
    Path jar = home.resolve("app.jar");
    SampleLibrary.zip(jar, home.resolve("app"), "");
    assertThat(nested(jar, false).run().expectFailed("STOW-05")).contains("jar:nested:");
  }

  @Test
  void aKillInTheMiddleOfAFileLeavesOnlyATemporaryName() throws Exception {
    RunningChild child = nested(outer, true).start();
    child.awaitOutput("HALF");
    assertThat(child.kill().exit()).as("killed").isEqualTo(128 + 9);

    // The control: the file is really half-written, and there is no other file.
    List<Path> left = list(base());
    assertThat(left).hasSize(1);
    assertThat(left.get(0).getFileName().toString()).startsWith(".new-");
    assertThat(Files.size(left.get(0).resolve(fake.core("rust").getFileName())))
        .isBetween(1L, Files.size(fake.core("rust")) - 1);

    assertThat(fake.child(home).run().onlyResult()).isEqualTo("1 1");
    assertThat(base().resolve(fake.content("rust")).resolve(fake.core("rust").getFileName()))
        .hasSameBinaryContentAs(fake.core("rust"));
  }
}
