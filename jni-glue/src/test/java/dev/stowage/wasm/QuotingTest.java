package dev.stowage.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuotingTest {
  /** All texts of this module and of the tool have names in single quotes. */
  @Test
  void nothingIsQuotedInAnotherWay() throws IOException {
    List<Path> files;
    try (Stream<Path> sources =
        Stream.concat(
            Files.walk(Path.of("src/main/java")),
            Files.walk(Path.of("../wasm-tool/src/main/java")))) {
      files = sources.filter(file -> file.toString().endsWith("Messages.java")).toList();
    }
    assertThat(files).as("the API's table and the tool's two").hasSize(3);
    for (Path file : files) {
      assertThat(Files.readAllLines(file))
          .as("%s", file)
          .noneMatch(line -> line.contains("`") || line.contains("\\\""));
    }
  }
}
