package dev.stowage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The goals on a small project that is really built. A user's mistake fails with a text, without a
 * stack trace.
 */
class GoalsTest {
  private static final List<Class<? extends AbstractStowageMojo>> BUILD =
      List.of(JniMojo.class, BuildMojo.class, VerifyMojo.class, PackageMojo.class);

  @TempDir Path directory;
  private Goals goals;

  @BeforeEach
  void project() throws Exception {
    goals = new Goals(directory);
  }

  @Test
  void theWholeWay() throws Exception {
    for (Class<? extends AbstractStowageMojo> goal : BUILD) {
      goals.run(goal);
    }
    assertThat(goals.file("classes/dev/stowage/maven/StowagePins.class")).exists();
    assertThat(goals.attached()).containsExactly("jar linux-x86_64");
    assertThat(goals.file("target/stowage/jars/greet-natives-1.0-linux-x86_64.jar")).exists();
    assertThat(goals.log()).filteredOn(line -> line.startsWith("info verify ")).hasSize(3);
    goals.log().clear();
    goals.run(BuildMojo.class);
    assertThat(goals.log()).last().asString().contains("2 libraries up to date");
  }

  @Test
  void pinsWithoutJarsAndJarsWithoutPins() throws Exception {
    goals.set("jars", false);
    for (Class<? extends AbstractStowageMojo> goal : BUILD) {
      goals.run(goal);
    }
    assertThat(goals.attached()).isEmpty();
    Path pins = goals.file("classes/dev/stowage/maven/StowagePins.class");
    Files.delete(pins);
    goals.set("jars", true).set("pins", false).run(PackageMojo.class);
    assertThat(goals.attached()).hasSize(1);
    assertThat(pins).doesNotExist();
  }

  @Test
  void aDropInJarsClassesReceiveTheNatives() throws Exception {
    for (Class<? extends AbstractStowageMojo> goal : BUILD) {
      goals.run(goal);
    }
    Path classes = goals.file("all/classes");
    goals.set("pins", false).set("jars", false).set("embed", classes.toFile());
    goals.log().clear();
    goals.run(PackageMojo.class);
    assertThat(classes.resolve("META-INF/stowage/greet/1.0/linux-x86_64/waybill.json")).exists();
    assertThat(goals.attached()).as("of the first run").hasSize(1);
    assertThat(goals.log()).hasSize(1);
  }

  @Test
  void oneSwitchSkipsEveryGoal() throws Exception {
    goals.set("skip", true).set("projectFile", goals.file("nowhere").toFile());
    for (Class<? extends AbstractStowageMojo> goal : BUILD) {
      goals.run(goal);
    }
    goals.run(TargetsMojo.class);
    goals.run(DoctorMojo.class);
    assertThat(goals.log())
        .containsExactly(
            "info stowage:jni skipped",
            "info stowage:build skipped",
            "info stowage:verify skipped",
            "info stowage:package skipped",
            "info stowage:targets skipped",
            "info stowage:doctor skipped");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Jni", "Build", "Verify", "Package", "Targets", "Doctor"})
  void eachGoalHasItsOwnSwitch(String goal) throws Exception {
    goals.set("skip" + goal, true).set("projectFile", goals.file("nowhere").toFile());
    goals.run(
        Class.forName("dev.stowage.maven." + goal + "Mojo").asSubclass(AbstractStowageMojo.class));
    assertThat(goals.log())
        .containsExactly("info stowage:" + goal.toLowerCase(java.util.Locale.ROOT) + " skipped");
  }

  @Test
  void noProjectFile() {
    goals.set("projectFile", goals.file("nowhere.toml").toFile());
    assertThatThrownBy(() -> goals.run(JniMojo.class))
        .isExactlyInstanceOf(MojoFailureException.class)
        .hasNoCause()
        .hasMessageContaining("STOW-101 no project file " + goals.file("nowhere.toml"))
        .hasMessageContaining("-Dstowage.projectFile=<file>");
  }

  @Test
  void anUnknownTargetIsNamed() throws Exception {
    goals.run(JniMojo.class);
    goals.set("targets", "linux-x86_65");
    assertThatThrownBy(() -> goals.run(BuildMojo.class))
        .isExactlyInstanceOf(MojoFailureException.class)
        .hasNoCause()
        .hasMessageContaining("STOW-116")
        .hasMessageContaining("use -Dstowage.targets=linux-x86_64");
  }

  @Test
  void buildBeforeJni() {
    assertThatThrownBy(() -> goals.run(BuildMojo.class))
        .isExactlyInstanceOf(MojoFailureException.class)
        .hasMessageContaining("run 'mvn stowage:jni' first");
  }

  @Test
  void aFileInTheWay() throws Exception {
    Files.writeString(goals.file("target"), "");
    assertThatThrownBy(() -> goals.run(JniMojo.class))
        .isExactlyInstanceOf(MojoExecutionException.class)
        .hasNoCause()
        .hasMessageContaining("STOW-124 cannot write");
  }

  @Test
  void unknownRuleAndSeverity() throws Exception {
    goals.run(JniMojo.class);
    goals.run(BuildMojo.class);
    goals.set("rules", Map.of("minimum-verson", "warning"));
    assertThatThrownBy(() -> goals.run(VerifyMojo.class))
        .isExactlyInstanceOf(MojoFailureException.class)
        .hasMessageContaining("STOW-203 unknown rule 'minimum-verson'")
        .hasMessageContaining("write 'minimum-version'");
    goals.set("rules", Map.of("minimum-version", "wraning"));
    assertThatThrownBy(() -> goals.run(VerifyMojo.class))
        .isExactlyInstanceOf(MojoFailureException.class)
        .hasMessageContaining("STOW-208 unknown severity 'wraning'");
    goals.set("rules", Map.of("minimum-version", "off")).log().clear();
    goals.run(VerifyMojo.class);
    assertThat(goals.log()).hasSize(3).noneMatch(line -> line.startsWith("warn"));
  }

  @Test
  void jarsAreAttachedToTheModuleThatPublishesThem() throws Exception {
    for (Class<? extends AbstractStowageMojo> goal : BUILD.subList(0, 3)) {
      goals.run(goal);
    }
    goals.module("greet");
    assertThatThrownBy(() -> goals.run(PackageMojo.class))
        .isExactlyInstanceOf(MojoFailureException.class)
        .hasMessageContaining("STOW-409")
        .hasMessageContaining("org.test:greet\n")
        .hasMessageContaining("artifact = \"org.test:greet-natives\" in ")
        .hasMessageContaining("-Dstowage.jars=false");
    assertThat(goals.attached()).isEmpty();
    assertThat(goals.file("classes/dev/stowage/maven/StowagePins.class")).doesNotExist();
    goals.set("jars", false).run(PackageMojo.class);
    assertThat(goals.file("classes/dev/stowage/maven/StowagePins.class")).exists();
  }

  @Test
  void notATime() throws Exception {
    for (Class<? extends AbstractStowageMojo> goal : BUILD.subList(0, 3)) {
      goals.run(goal);
    }
    goals.set("timestamp", "yesterday");
    assertThatThrownBy(() -> goals.run(PackageMojo.class))
        .isExactlyInstanceOf(MojoFailureException.class)
        .hasMessage("-Dstowage.timestamp=yesterday is not a time such as 1980-01-02T00:00:00Z");
  }

  @Test
  void targetsAndDoctorNeedNoProject() throws Exception {
    goals.set("projectFile", goals.file("nowhere/stowage.toml").toFile());
    goals.run(TargetsMojo.class);
    goals.run(DoctorMojo.class);
    assertThat(goals.log())
        .anyMatch(line -> line.contains("* linux-x86_64"))
        .anyMatch(line -> line.contains("[ok]      cargo"));
  }
}
