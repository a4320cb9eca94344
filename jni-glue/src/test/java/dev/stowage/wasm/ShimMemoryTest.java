package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShimMemoryTest {
  @TempDir private Path dir;

  /** What no JVM does on demand: malloc, NewByteArray and FindClass that fail. */
  @Test
  void failuresOfAllocationAreExceptionsAndLeakNothing() throws Exception {
    Path object = dir.resolve("common.o");
    Path program = dir.resolve("common_test");
    compile(
        "-Dmalloc=test_malloc",
        "-Dfree=test_free",
        "-c",
        "src/main/c/common.c",
        "-o",
        object.toString());
    compile("src/test/c/common_test.c", object.toString(), "-o", program.toString());
    run(List.of(program.toString()));
  }

  private static void compile(String... arguments) throws Exception {
    Path include = Path.of(System.getProperty("java.home"), "include");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-Isrc/main/c"));
    command.addAll(List.of("-I" + include, "-I" + include.resolve("linux")));
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
  }
}
