package dev.stowage.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DocumentationTool;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The API's Javadoc, generated without the packages that the POM excludes, does not mention them.
 */
class JavadocTest {
  private static final Pattern EXCLUDED =
      Pattern.compile("<excludePackageNames>(.*)</excludePackageNames>");

  @TempDir private Path site;

  @Test
  void internalsAreLeftOut() throws IOException {
    Matcher excluded = EXCLUDED.matcher(Files.readString(Path.of("pom.xml")));
    assertThat(excluded.find()).isTrue();
    document("-exclude", excluded.group(1));
    Path api = site.resolve("dev/stowage/wasm");
    assertThat(api.resolve("Wasm.html")).exists();
    assertThat(api.resolve("internal")).doesNotExist();
    try (Stream<Path> pages = Files.walk(site)) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".html")).toList()) {
        assertThat(Files.readString(page)).as(page.toString()).doesNotContain("wasm.internal");
      }
    }
  }

  private void document(String... options) {
    DocumentationTool tool = ToolProvider.getSystemDocumentationTool();
    List<String> all =
        Stream.concat(
                Stream.of(
                    "-quiet",
                    "-Xdoclint:none",
                    "-d",
                    site.toString(),
                    "-sourcepath",
                    "src/main/java",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "-subpackages",
                    "dev.stowage.wasm"),
                Stream.of(options))
            .toList();
    StringWriter output = new StringWriter();
    boolean good = tool.getTask(output, null, null, null, all, null).call();
    assertThat(good).as(output.toString()).isTrue();
  }
}
