package dev.stowage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The project that docs/packing.md teaches with: built by the goals, then called on each JDK. */
class GreetTest {
  private static final Path SHIM = Path.of("src/test/projects/greet/c/greet.c");

  @TempDir static Path directory;
  private static Goals goals;

  @BeforeAll
  static void build() throws Exception {
    goals = new Goals(directory);
    for (Class<? extends AbstractStowageMojo> goal :
        List.of(JniMojo.class, BuildMojo.class, VerifyMojo.class, PackageMojo.class)) {
      goals.run(goal);
    }
  }

  static List<Jdk> jdks() {
    return Jdk.from(17);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void eachNativeMethodDoesWhatItSays(Jdk jdk) {
    Outcome outcome =
        new ChildJvm("greet")
            .jdk(jdk)
            .option("-Xcheck:jni", "-Dstdout.encoding=UTF-8", "-Dfile.encoding=UTF-8")
            .nativeAccess()
            .classPath(goals.file("classes"))
            .classPath(goals.file("target/stowage/jars/greet-natives-1.0-linux-x86_64.jar"))
            .ownClassPath()
            .main(GreetMain.class)
            .run();
    assertThat(outcome.expectOk().expectNoJniWarnings().output().lines())
        .containsExactly(
            "RESULT ok bytes cba",
            "RESULT ok string Hello, Zöe 😀!",
            "RESULT ok surrogate IllegalArgumentException: lone surrogate in a string, at index 0",
            "RESULT ok null NullPointerException: null passed to a native method",
            "RESULT ok long[] 0 0 342",
            "RESULT ok count 20",
            "RESULT ok error IllegalArgumentException: status 1: -1 people cannot meet ☹",
            "RESULT ok upcall [0, 1, 2]",
            "RESULT ok upcall-throws IllegalStateException: enough",
            "RESULT ok upcall-stops [0, 1]",
            "RESULT ok secret 7 " + Arrays.hashCode("hunter2".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aLocalBuildOfItsShimWarnsOfNothing() {
    assertThat(goals.log()).noneMatch(line -> line.contains("warnings in the shim"));
  }

  /** An author's native methods are short: none has more than ten lines. */
  @Test
  void eachNativeMethodIsShort() throws Exception {
    int natives = 0;
    int lines = 0;
    for (String line : Files.readAllLines(SHIM)) {
      natives += line.contains(" JNICALL ") ? 1 : 0;
      lines = line.isEmpty() ? 0 : lines + 1;
      assertThat(lines).as(line).isLessThanOrEqualTo(10);
    }
    assertThat(natives).isEqualTo(6);
  }

  /** The page quotes the files that are built here. */
  @Test
  void theDocumentationShowsThisShim() throws Exception {
    String page = Files.readString(Path.of("../docs/packing.md"));
    String shim = Files.readString(SHIM);
    assertThat(page).contains(shim.substring(shim.indexOf("#define")));
  }
}
