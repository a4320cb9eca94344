package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An example that is not run must not count as passed. */
class ExampleDiscoveryIT {
  @TempDir private Path root;

  private void file(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void everyFolderWithAnExpectedOutputIsAnExample() throws IOException {
    file("b/expected.txt", "b\n");
    file("b/pom.xml", "<exec.mainClass>B</exec.mainClass>");
    file("a/deeper/expected.txt", "a\n");
    file("a/deeper/run", "echo a");
    file("a/deeper/pom.xml", "");
    file("source-only/pom.xml", "");
    assertThat(Example.below(root)).extracting(Example::name).containsExactly("a/deeper", "b");
    Example script = Example.below(root).get(0);
    assertThat(script.isScript()).isTrue();
    assertThat(script.isMaven()).isFalse();
    assertThat(script.expected()).isEqualTo("a\n");
    assertThat(Example.below(root).get(1).mainClass()).isEqualTo("B");
  }

  @Test
  void aFolderThatNothingRunsFails() throws IOException {
    file("good/expected.txt", "");
    file("good/run", "");
    file("bad/expected.txt", "");
    file("bad/build.gradle", "");
    assertThatIllegalStateException()
        .isThrownBy(() -> Example.below(root))
        .withMessage("bad has a file expected.txt, but neither a script run nor a pom.xml");
  }

  @Test
  void noExampleAtAllFails() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Example.below(root))
        .withMessageEndingWith("has no folder with a file expected.txt");
  }

  @Test
  void aProjectWithoutAMainClassFails() throws IOException {
    file("x/expected.txt", "");
    file("x/pom.xml", "<project/>");
    Example example = Example.below(root).get(0);
    assertThatIllegalStateException()
        .isThrownBy(example::mainClass)
        .withMessage("x/pom.xml has no property exec.mainClass");
  }
}
