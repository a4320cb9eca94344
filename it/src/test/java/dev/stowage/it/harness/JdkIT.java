package dev.stowage.it.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class JdkIT {
  @Test
  void a_missing_jdk_is_a_skip_with_its_reason() {
    assertThatThrownBy(() -> RunTimes.assume(false, false, "not here"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("not here");
    assertThat(Jdk.of(99)).hasToString("JDK 99 (not found)");
    assertThat(Jdk.allExpected()).extracting(Jdk::feature).contains(8, 17, 25);
    Jdk.of(Runtime.version().feature()).assumeFound();
  }

  @Test
  void where_run_times_are_required_it_is_a_failure() {
    assertThatThrownBy(() -> RunTimes.assume(true, false, "not here"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("not here");
    RunTimes.assume(true, true, "is here");
    assertThatThrownBy(Jdk.of(99)::assumeFound).hasMessageContaining("no JDK 99 in JAVA_HOME");
  }

  @Test
  void a_directory_without_release_is_asked() throws IOException {
    Path home = Lab.directory("jdk");
    Path launcher = Files.createDirectory(home.resolve("bin")).resolve("java");
    Files.createSymbolicLink(launcher, Path.of("/bin/false"));
    assertThat(Jdk.featureOf(home)).as("answers nothing").isEmpty();
    Files.delete(launcher);
    Files.createSymbolicLink(launcher, Jdk.newest().java());
    assertThat(Jdk.featureOf(home)).hasValue(Jdk.newest().feature());
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"1.8.0_412\"\n");
    assertThat(Jdk.featureOf(home)).hasValue(8);
  }
}
