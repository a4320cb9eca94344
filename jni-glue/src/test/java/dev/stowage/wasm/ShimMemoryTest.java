package dev.stowage.wasm;

import dev.stowage.testing.CCompiler;
import dev.stowage.testing.Commands;
import dev.stowage.testing.Jdk;
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
    Commands.output(List.of(program.toString()));
  }

  private static void compile(String... arguments) {
    List<String> all = new ArrayList<>(CCompiler.STRICT);
    all.add("-Isrc/main/c");
    all.addAll(Jdk.current().includes());
    all.addAll(List.of(arguments));
    CCompiler.host().compile(all);
  }
}
