package dev.stowage.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PackageExampleTest {
  /** The program in the package's Javadoc is the example that the integration tests run. */
  @Test
  void isTheExampleThatRuns() throws IOException {
    String javadoc = Files.readString(Path.of("src/main/java/dev/stowage/wasm/package-info.java"));
    String begin = "<pre>{@code\n";
    int from = javadoc.indexOf(begin) + begin.length();
    String shown =
        javadoc
            .substring(from, javadoc.indexOf(" * }</pre>"))
            .lines()
            .map(line -> line.replaceFirst("^ \\* ?", "") + "\n")
            .collect(Collectors.joining());
    Path example = Path.of("../examples/applications/hello/src/main/java/Hello.java");
    assertThat(shown).isEqualTo(Files.readString(example));
  }
}
