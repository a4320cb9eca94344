package dev.stowage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of failure of a child is detected, and a good child passes. */
class ChildJvmTest {
  private static ChildJvm child(String way) {
    return new ChildJvm("misbehaving")
        .classPath(SharedFiles.copy(Path.of("target/test-classes").toAbsolutePath()))
        .main(MisbehavingMain.class, way);
  }

  @Test
  void aGoodChildPassesWithItsResults() {
    assertThat(child("fine").run().expectOk().result("before")).isEqualTo("first\nsecond");
  }

  @Test
  void aMissingResultIsNoticed() {
    assertThatThrownBy(() -> child("silent").run().expectOk())
        .hasMessageContaining("no RESULT line");
    assertThatThrownBy(() -> child("fine").run().result("after"))
        .hasMessageContaining("0 results named after");
  }

  @Test
  void aResultThatIsNotOkIsNoticed() {
    assertThatThrownBy(() -> child("failed").run().expectOk())
        .hasMessageContaining("a RESULT is not ok");
  }

  @Test
  void theOnlyResultNeedsTheExitCodeAndNoOther() {
    assertThat(child("fine").run().onlyResult()).isEqualTo("first\\nsecond");
    assertThatThrownBy(() -> child("silent").run().onlyResult())
        .hasMessageContaining("expected one RESULT ok line, not 0");
    assertThatThrownBy(() -> child("exit").run().onlyResult()).hasMessageContaining("exit 3");
    assertThatThrownBy(() -> child("crash").run().onlyResult()).hasMessageContaining("SIGSEGV");
    assertThatThrownBy(() -> child("exit").run().expectFailed("as asked"))
        .hasMessageContaining("expected one RESULT FAILED line");
    assertThatThrownBy(() -> child("failed").run().expectFailed("as asked"))
        .hasMessageContaining("expected exit code 3");
    assertThat(child("failed3").run().expectFailed("as asked")).startsWith("RESULT FAILED");
    assertThatThrownBy(() -> child("failed3").run().expectFailed("something else"))
        .hasMessageContaining("expected a failed RESULT something else");
  }

  @Test
  void outputOnStderrIsNoticed() {
    assertThatThrownBy(() -> child("noisy").run().expectOk())
        .hasMessageContaining("nothing on stderr");
  }

  @Test
  void anotherExitCodeIsNoticed() {
    assertThatThrownBy(() -> child("exit").run().expectOk()).hasMessageContaining("exit 3");
    assertThat(child("exit").run().expectExit(3).expectResults().exit()).isEqualTo(3);
  }

  @Test
  void aCrashIsNoticedWithTheJvmsReport() {
    assertThatThrownBy(() -> child("crash").run().expectOk())
        .hasMessageContaining("--- hs_err")
        .hasMessageContaining("SIGSEGV");
  }

  @Test
  void aHangIsKilledAtItsTimeLimit() {
    assertThatThrownBy(() -> child("hang").limit(Duration.ofSeconds(2)).run().expectOk())
        .hasMessageContaining("killed at its time limit")
        .hasMessageContaining("Full thread dump");
  }

  @Test
  void outputThatNeverComesIsNoticed() {
    assertThatThrownBy(() -> child("fine").start().awaitOutput("something else"))
        .hasMessageContaining("no output \"something else\"");
  }

  @Test
  void aJniWarningIsNoticed() {
    assertThatThrownBy(() -> child("warned").run().expectNoJniWarnings())
        .hasMessageContaining("-Xcheck:jni complains");
    assertThat(child("fine").run().expectNoJniWarnings().exit()).isZero();
  }

  @Test
  void itKnowsNothingOfTheUserWhoRunsTheTests(@TempDir Path home) {
    ChildJvm own = child("fine").option("-XshowSettings:properties");
    assertThat(own.run().err())
        .contains("user.home = " + own.home())
        .contains("java.io.tmpdir = " + own.tmp())
        .contains("stowage.cache = " + own.cache());
    ChildJvm shared = child("fine").option("-XshowSettings:properties").home(home);
    assertThat(shared.run().err())
        .contains("user.home = " + home)
        .contains("java.io.tmpdir = " + home.resolve("tmp"))
        .doesNotContain("stowage.cache");
    assertThat(home).isEmptyDirectory();
  }
}
