package dev.stowage.loader.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final String COMMAND = "mvn -q verify -pl loader -Dstowage.regenerate=true";

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
  void sevenRowsInTheContractsOrder() {
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
    for (Target row : Targets.all()) {
      String musl = row.libc().equals("musl") ? "-musl" : "";
      assertThat(row.classifier()).isEqualTo(row.os() + "-" + row.arch() + musl);
      assertThat(row.carries().contains("go")).isEqualTo(musl.isEmpty());
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
