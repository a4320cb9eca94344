package dev.stowage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.interop.child.ProbeMain;
import dev.stowage.loader.platform.Detector;
import dev.stowage.loader.platform.Facts;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The names that the targets table gives other projects are the names those projects use. */
class PlatformNamesTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("classifiers")
  void namesOfTheTable(String classifier) throws Exception {
    Target target = Targets.byClassifier(classifier);
    // The first spelling, OpenJDK's: os-maven-plugin fails on arm64, native-lib-loader on x64.
    String arch = target.jvmArchs().get(0);
    Properties found = probe("-Dos.name=" + target.jvmOs(), "-Dos.arch=" + arch);

    // None of the three tells musl from glibc: they say the glibc name on both.
    assertThat(found)
        .containsEntry("os-maven", target.classifier().replace("-musl", ""))
        .containsEntry("javacpp", glibcRow(target).column("javacpp"))
        .containsEntry("native-lib-loader", glibcRow(target).column("native-lib-loader"));
  }

  @Test
  void namesOfThisHost() throws Exception {
    Target here = Detector.detect(Facts.gather());

    assertThat(probe())
        .containsEntry("os-maven", here.classifier().replace("-musl", ""))
        .containsEntry("javacpp", glibcRow(here).column("javacpp"))
        .containsEntry("native-lib-loader", glibcRow(here).column("native-lib-loader"));
  }

  static Stream<String> classifiers() {
    return Targets.all().stream().map(Target::classifier);
  }

  private static Target glibcRow(Target target) {
    return Targets.byClassifier(target.classifier().replace("-musl", ""));
  }

  private static Properties probe(String... properties) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(properties));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ProbeMain.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    Properties found = new Properties();
    found.load(new StringReader(output));
    return found;
  }
}
