package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.child.Collision;
import dev.stowage.loader.child.SampleLibrary;
import dev.stowage.testing.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that was changed on purpose but has the size and the CRC-32 of the pins. By default it is
 * loaded, as documented; strict mode refuses it.
 */
class StrictTest {
  private static final String STRICT = "-Dstowage.strict=true";

  @TempDir static Path shared;
  @TempDir Path home;
  private static SampleLibrary fake;
  private static byte[] forged;

  @BeforeAll
  static void build() throws Exception {
    fake = SampleLibrary.create(shared.resolve("fake"));
    byte[] core = Files.readAllBytes(fake.core("rust"));
    // The compiler's name in .comment, which no loader reads, so the forged library still works.
    forged =
        Collision.at(core, new String(core, StandardCharsets.ISO_8859_1).indexOf("GCC: (") + 6);
    assertThat(forged).hasSameSizeAs(core).isNotEqualTo(core);
  }

  private Path plant() throws Exception {
    fake.child(home).run().onlyResult();
    Path core =
        home.resolve(".cache/stowage")
            .resolve(fake.content("rust"))
            .resolve(fake.core("rust").getFileName());
    assertThat(core.toFile().setWritable(true, true)).isTrue();
    Files.write(core, forged);
    return core;
  }

  @Test
  void theDefaultAcceptsAForgedCachedFile() throws Exception {
    Path core = plant();
    assertThat(fake.child(home).run().onlyResult()).isEqualTo("1 1");
    assertThat(core).hasBinaryContent(forged);
  }

  @Test
  void strictModeExtractsItAgain() throws Exception {
    Path core = plant();
    assertThat(fake.child(home).option(STRICT).run().onlyResult()).isEqualTo("1 1");
    assertThat(core).hasSameBinaryContentAs(fake.core("rust"));
  }

  @Test
  void strictModeNeverLoadsItWhenThereIsNoJar() throws Exception {
    Path core = plant();
    fake.apiChild(home).option(STRICT).run().expectFailed("STOW-04");
    assertThat(core).hasBinaryContent(forged);
    fake.apiChild(home).run().onlyResult();
  }

  @Test
  void aForgedJarIsRefusedInStrictModeAndSeenByTheDoctor() throws Exception {
    SampleLibrary other = new SampleLibrary(home.resolve("other"), "1.0");
    other.compile("rust");
    Files.write(other.core("rust"), forged);
    other.classifierJar();
    ChildJvm strict = SampleLibrary.childWith(home, fake.api(), other.classifier()).option(STRICT);
    assertThat(strict.run().expectFailed("STOW-05")).contains("(size or checksum)");
    ChildJvm doctor = SampleLibrary.childWith(home).main("dev.stowage.loader.LoaderMain", "doctor");
    doctor.main(
        "dev.stowage.loader.LoaderMain", fake.api().toString(), other.classifier().toString());
    assertThat(doctor.run().output()).contains("STOW-05", "(size or checksum)");
    assertThat(SampleLibrary.childWith(home, fake.api(), other.classifier()).run().onlyResult())
        .isEqualTo("1 1");
  }

  @Test
  void strictModeStartsWarmWithoutTheSlowPath() throws Exception {
    fake.child(home).run().onlyResult();
    ChildJvm warm = fake.child(home).option(STRICT, "-verbose:class");
    assertThat(warm.run().output())
        .contains("dev.stowage.loader.StrictCheck", "RESULT ok use 1 1")
        .doesNotContain("dev.stowage.loader.LoadSteps");
  }

  @BeforeEach
  void homeHasATemporaryDirectory() throws Exception {
    Files.createDirectories(home.resolve("tmp"));
  }
}
