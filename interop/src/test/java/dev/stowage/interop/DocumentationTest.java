package dev.stowage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every line of code in docs/interop.md is part of a source that is compiled or of a POM that Maven
 * reads.
 */
class DocumentationTest {
  private static final Pattern BLOCK = Pattern.compile("```(java|xml)\n(.*?)```", Pattern.DOTALL);

  @Test
  void itsCodeIsThatOfTheTests() throws Exception {
    Set<String> real = linesBelow(Path.of("."));
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs/interop.md")));
    int lines = 0;
    while (blocks.find()) {
      List<String> code = blocks.group(2).lines().map(String::strip).toList();
      // Versions are left out, because the build has them in one place.
      assertThat(real).containsAll(code.stream().filter(l -> !l.contains("<version>")).toList());
      lines += code.size();
    }
    assertThat(lines).isGreaterThan(20);
  }

  private static Set<String> linesBelow(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().matches(".*/(src/.*\\.java|pom\\.xml)"))
          .filter(file -> !file.toString().contains("/target/"))
          .flatMap(DocumentationTest::lines)
          .map(String::strip)
          .collect(Collectors.toSet());
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
