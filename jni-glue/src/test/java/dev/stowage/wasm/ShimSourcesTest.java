package dev.stowage.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.testing.CCompiler;
import dev.stowage.testing.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shims' sources, with stricter checks than a local build of an author's shim. */
class ShimSourcesTest {
  private static final Path SOURCES = Path.of("src/main/c");

  @TempDir private Path dir;

  /** A local build shows warnings of an author's C and goes on; of ours there are none. */
  @ParameterizedTest
  @CsvSource({"rust, ../rust-core/include", "go, ../go-core/include"})
  void compileWithoutAWarning(String binding, String coreHeaders) {
    List<String> line = new ArrayList<>(CCompiler.STRICT);
    line.addAll(List.of("-Wno-unused-parameter", "-Wshadow", "-O2", "-c"));
    line.addAll(List.of("-I" + coreHeaders, "-Itarget/stowage/include/" + binding));
    line.addAll(Jdk.current().includes());
    line.add(SOURCES.resolve(binding + "_native.c").toString());
    line.addAll(List.of("-o", dir.resolve("shim.o").toString()));
    CCompiler.host().compile(line);
  }

  @Test
  void areShort() throws Exception {
    int lines = 0;
    try (var files = Files.newDirectoryStream(SOURCES)) {
      for (Path file : files) {
        lines += Files.readAllLines(file).size();
      }
    }
    assertThat(lines).as("lines of C for 36 native methods").isBetween(1, 350);
  }
}
