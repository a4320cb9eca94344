package dev.stowage.loader.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final String COMMAND = "mvn -q verify -pl loader -am -Dstowage.regenerate=true";

  private static void agrees(Path file, String wanted) throws IOException {
    if (Boolean.getBoolean("stowage.regenerate")) {
      Files.writeString(file, wanted);
    }
    assertThat(Files.readString(file))
        .as("%s differs from %s; rewrite it with: %s", file, TargetsGenerator.TABLE, COMMAND)
        .isEqualTo(wanted);
  }

  @Test
  void generatedClassFollowsTheTable() throws IOException {
    agrees(TargetsGenerator.JAVA, new TargetsGenerator().java());
  }

  @Test
  void docsFollowTheTable() throws IOException {
    agrees(TargetsGenerator.DOCS, new TargetsGenerator().docs());
  }

  @Test
  void dependenciesOfThePlatformPomFollowTheTable() throws IOException {
    Path pom = TargetsGenerator.PLATFORM_POM;
    agrees(pom, new TargetsGenerator().platformPom(Files.readString(pom)));
  }

  @Test
  void onlyTheDependenciesOfThePlatformPomAreReplaced() throws IOException {
    String before = "<project>\n  <!-- By hand. -->\n";
    String after = "  <dependencies>\n    stale\n  </dependencies>\n</project>\n";
    String generated = new TargetsGenerator().platformPom(before + after);
    assertThat(generated)
        .startsWith(before + "  <dependencies>\n")
        .endsWith("    </dependency>\n  </dependencies>\n</project>\n")
        .doesNotContain("stale")
        .containsSubsequence(
            Targets.all().stream()
                .map(target -> "<classifier>" + target.classifier() + "</classifier>")
                .toArray(String[]::new));
    for (String wrong : List.of(before, before + after + after)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> new TargetsGenerator().platformPom(wrong))
          .withMessageContaining("needs exactly one element <dependencies>");
    }
  }

  @Test
  void sevenTargetsInTheContractsOrder() {
    assertThat(Targets.all().stream().map(Target::classifier))
        .containsExactly(
            "linux-x86_64",
            "linux-aarch_64",
            "linux-x86_64-musl",
            "linux-aarch_64-musl",
            "osx-x86_64",
            "osx-aarch_64",
            "windows-x86_64");
  }

  @Test
  void classifierIsOsAndArchAndMuslMark() {
    for (Target target : Targets.all()) {
      String musl = target.libc() == Libc.MUSL ? "-musl" : "";
      assertThat(target.classifier()).isEqualTo(target.os() + "-" + target.arch() + musl);
      assertThat(target.supports().contains("go")).isEqualTo(musl.isEmpty());
    }
  }

  @Test
  void fileNamesFollowThePlatform() {
    assertThat(Targets.byClassifier("linux-x86_64").libraryName("a")).isEqualTo("liba.so");
    assertThat(Targets.byClassifier("osx-x86_64").libraryName("a")).isEqualTo("liba.dylib");
    assertThat(Targets.byClassifier("windows-x86_64").libraryName("a")).isEqualTo("a.dll");
    assertThat(Targets.byClassifier("windows-x86_64").executableName("a")).isEqualTo("a.exe");
    assertThat(Targets.byClassifier("plan9-mips")).isNull();
  }
}
