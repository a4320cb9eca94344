package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.wasm.fixture.Assembler;
import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles and runs the examples in the Javadoc of classes, and compares their output with their
 * comments. The package's example is a separate program, see {@link PackageExampleTest}.
 */
@ExtendWith(NoLeaks.class)
class JavadocExamplesTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\n(.*?) \\* \\}</pre>", Pattern.DOTALL);
  private static final Pattern SAYS = Pattern.compile("[;{] // (.*)");

  @TempDir private Path dir;

  @TestFactory
  Stream<DynamicTest> everyExamplePrintsWhatItSays() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/stowage/wasm"))) {
      sources = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    List<DynamicTest> tests =
        sources.stream()
            .filter(source -> !source.endsWith("package-info.java"))
            .filter(source -> EXAMPLE.matcher(read(source)).find())
            .map(source -> DynamicTest.dynamicTest(name(source), () -> check(source)))
            .toList();
    assertThat(tests).hasSizeGreaterThan(8);
    return tests.stream();
  }

  private void check(Path source) throws Exception {
    String text = EXAMPLE.matcher(read(source)).results().findFirst().orElseThrow().group(1);
    String body = text.replaceAll("(?m)^ \\* ?", "");
    List<String> expected =
        SAYS.matcher(body).results().map((MatchResult says) -> says.group(1)).toList();
    assertThat(expected).as("an example says what it prints").isNotEmpty();
    assertThat(run(name(source), body)).isEqualTo(expected);
  }

  private List<String> run(String name, String body) throws Exception {
    String program =
        """
        import dev.stowage.wasm.*;
        import java.nio.charset.StandardCharsets;
        import java.nio.file.*;
        import java.time.Duration;
        import java.util.concurrent.*;
        import java.util.function.*;

        public class %s {
          public static void run(byte[] calculator, byte[] counter, byte[] greet) throws Exception {
        %s
          }
        }
        """
            .formatted(name + "Example", body);
    Path file = Files.writeString(dir.resolve(name + "Example.java"), program);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String classPath = System.getProperty("java.class.path");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, said, said, "-cp", classPath, "-d", dir.toString(), file.toString());
    assertThat(status).as("%s%n%s", said, program).isZero();
    PrintStream before = System.out;
    System.setOut(new PrintStream(said, true, UTF_8));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {dir.toUri().toURL()}, getClass().getClassLoader())) {
      loader
          .loadClass(name + "Example")
          .getMethod("run", byte[].class, byte[].class, byte[].class)
          .invoke(null, Modules.calculator(), counter(), Programs.greet());
    } finally {
      System.setOut(before);
    }
    return said.toString(UTF_8).lines().toList();
  }

  private static byte[] counter() {
    return new Assembler().importGlobal("env", "base", "mut i32").build();
  }

  private static String name(Path source) {
    return source.getFileName().toString().replace(".java", "");
  }

  private static String read(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
