package dev.stowage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JdkTest {
  @Test
  void aMissingOneIsNamed() {
    assertThat(Jdk.of(99)).hasToString("JDK 99 (not found)");
    assertThat(Jdk.allExpected()).extracting(Jdk::feature).contains(8, 17, 25);
    assertThatThrownBy(Jdk.of(99)::assumeFound).hasMessageContaining("no JDK 99 in JAVA_HOME");
    Jdk.of(Runtime.version().feature()).assumeFound();
  }

  @Test
  void theCurrentOneIsFoundOnce() {
    assertThat(Jdk.all()).containsOnlyOnce(Jdk.current());
    assertThat(Jdk.from(Jdk.current().feature()).get(0)).isEqualTo(Jdk.current());
    assertThat(Jdk.current().version()).isEqualTo(System.getProperty("java.version"));
  }

  @Test
  void oneOfEachFeatureVersionOldestFirst() {
    assertThat(Jdk.from(9)).extracting(Jdk::feature).doesNotHaveDuplicates().isSorted();
    assertThat(Jdk.from(9)).allMatch(jdk -> jdk.feature() >= 9);
  }

  @Test
  void withoutReleaseFileTheLaunchersVersionCounts() throws IOException {
    Path home = SharedFiles.directory("jdk");
    Path launcher = Files.createDirectory(home.resolve("bin")).resolve("java");
    Files.createSymbolicLink(launcher, Path.of("/bin/false"));
    assertThat(Jdk.featureOf(home)).as("prints nothing").isEmpty();
    Files.delete(launcher);
    Files.createSymbolicLink(launcher, Jdk.newest().java());
    assertThat(Jdk.featureOf(home)).hasValue(Jdk.newest().feature());
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"1.8.0_412\"\n");
    assertThat(Jdk.featureOf(home)).hasValue(8);
  }
}
