package dev.stowage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.interop.child.ProbeMain;
import dev.stowage.loader.platform.Detector;
import dev.stowage.loader.platform.Facts;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Outcome;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The targets table has the names that other projects really use for platforms. */
class PlatformNamesTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("classifiers")
  void namesOfTheTable(String classifier) throws Exception {
    Target target = Targets.byClassifier(classifier);
    // The first name is OpenJDK's: os-maven-plugin fails for arm64, native-lib-loader for x64.
    String arch = target.jvmArchs().get(0);
    Map<String, String> found = probe("-Dos.name=" + target.jvmOs(), "-Dos.arch=" + arch);

    // None of the three projects distinguishes musl from glibc: both have the name for glibc.
    assertThat(found)
        .containsEntry("os-maven", target.classifier().replace("-musl", ""))
        .containsEntry("javacpp", glibcTarget(target).column("javacpp"))
        .containsEntry("native-lib-loader", glibcTarget(target).column("native-lib-loader"));
  }

  @Test
  void namesOfThisHost() throws Exception {
    Target here = Detector.detect(Facts.gather());

    assertThat(probe())
        .containsEntry("os-maven", here.classifier().replace("-musl", ""))
        .containsEntry("javacpp", glibcTarget(here).column("javacpp"))
        .containsEntry("native-lib-loader", glibcTarget(here).column("native-lib-loader"));
  }

  static Stream<String> classifiers() {
    return Targets.all().stream().map(Target::classifier);
  }

  private static Target glibcTarget(Target target) {
    return Targets.byClassifier(target.classifier().replace("-musl", ""));
  }

  private static Map<String, String> probe(String... properties) {
    ChildJvm child = new ChildJvm("names").ownClassPath().option(properties).main(ProbeMain.class);
    Outcome outcome = child.run().expectExit(0).expectResults();
    return Stream.of("os-maven", "javacpp", "native-lib-loader")
        .collect(Collectors.toMap(name -> name, outcome::result));
  }
}
