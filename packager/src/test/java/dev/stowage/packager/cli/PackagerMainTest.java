package dev.stowage.packager.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.message.PackagerException.Kind;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Json;
import dev.stowage.testing.TextSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a new user sees it. */
class PackagerMainTest {
  @TempDir Path directory;

  private CommandRun command(Fixture fixture, String name, String... more) {
    List<String> line = new ArrayList<>(List.of(name, "--project"));
    line.add(fixture.file("java/stowage.toml").toString());
    line.addAll(Arrays.asList(more));
    return CommandRun.of(line.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jni", "build", "verify", "package", "resign", "targets", "doctor"})
  void helpOfACommand(String name) {
    CommandRun run = CommandRun.of(name, "--help");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines()).allMatch(text -> text.length() <= 80);
    TextSnapshot.check("help-" + name + ".txt", run.out());
  }

  @Test
  void helpOfTheProgram() {
    TextSnapshot.check("help.txt", CommandRun.of("--help").out());
    for (Kind kind : Kind.values()) {
      assertThat(CliMessages.EXIT_CODES).anyMatch(l -> l.startsWith(kind.exitCode() + ":"));
    }
  }

  @Test
  void targetsAreListedAsTextAndJson() {
    CommandRun text = CommandRun.of("targets");
    assertThat(text.exit()).isZero();
    TextSnapshot.check("targets.txt", text.out());
    CommandRun json = CommandRun.of("targets", "--json");
    assertThat(Json.tree(json.out()).at("/format").asInt()).isEqualTo(1);
    TextSnapshot.check("targets.json", json.out());
  }

  @Test
  void withoutACommandItPrintsAll() {
    CommandRun run = CommandRun.of();
    assertThat(run.exit()).isEqualTo(Kind.USAGE.exitCode());
    TextSnapshot.check("no-command.txt", run.err());
  }

  @Test
  void aMisspeltCommandNamesTheRightOne() {
    CommandRun run = CommandRun.of("biuld");
    assertThat(run.exit()).isEqualTo(Kind.USAGE.exitCode());
    TextSnapshot.check("wrong-command.txt", run.err());
  }

  @Test
  void aMissingOptionIsNamed() {
    CommandRun run = CommandRun.of("build");
    assertThat(run.exit()).isEqualTo(Kind.USAGE.exitCode());
    assertThat(run.err())
        .startsWith("error: Missing required option: '--project-version=VERSION'")
        .endsWith("  fix:   see stowage-packager build --help\n");
  }

  @Test
  void aMisspeltModeNamesTheModes() {
    CommandRun run =
        CommandRun.of("verify", "--project-version=1", "--rule=minimum-version=wraning");
    assertThat(run.exit()).isEqualTo(Kind.USAGE.exitCode());
    assertThat(run.err()).startsWith("error: STOW-208 unknown severity 'wraning'");
  }

  @Test
  void aTimeThatIsNone() {
    CommandRun run = CommandRun.of("package", "--project-version=1", "--timestamp=yesterday");
    assertThat(run.exit()).isEqualTo(Kind.USAGE.exitCode());
    assertThat(run.err())
        .isEqualTo(
            """
            error: Invalid value for option '--timestamp': 'yesterday' is not a time such as \
            1980-01-02T00:00:00Z
              fix:   see stowage-packager package --help
            """);
  }

  @Test
  void noProjectFile() {
    CommandRun run =
        CommandRun.of("jni", "--project", directory.resolve("stowage.toml").toString());
    assertThat(run.exit()).isEqualTo(Kind.USAGE.exitCode());
    assertThat(run.err()).startsWith("error: STOW-101 no project file ").contains("--project");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aClassThatIsNotThereBreaksARule() throws Exception {
    Fixture fixture = Fixture.in(directory);
    fixture.edit("java/stowage.toml", "fixture.FixtureRust", "fixture.FixtureRus");
    CommandRun run = command(fixture, "jni");
    assertThat(run.exit()).isEqualTo(Kind.RULE.exitCode());
    assertThat(run.err()).startsWith("error: STOW-301 binding 'rust'");
  }

  @Test
  void aFileInTheWayOfADirectory() throws Exception {
    Fixture fixture = Fixture.in(directory);
    Files.writeString(fixture.file("java/taken"), "");
    CommandRun run = command(fixture, "jni", "--output=" + fixture.file("java/taken"));
    assertThat(run.exit()).isEqualTo(Kind.ENVIRONMENT.exitCode());
    assertThat(run.err()).startsWith("error: STOW-124 cannot write ");
  }

  @Test
  void theWholeWay() throws Exception {
    Fixture fixture = Fixture.in(directory).rustOnly().licensed();
    CommandRun jni = command(fixture, "jni");
    assertThat(jni.exit()).as(jni.err()).isZero();
    assertThat(jni.err())
        .contains("binding rust")
        .contains("stowage_contract.h  natives: 1, upcalls: 0");
    fixture.edit("rust/src/add.rs", "checked_add", "checked_ad");
    CommandRun refused = command(fixture, "build", "--offline", "--project-version=1.0");
    assertThat(refused.exit()).as(refused.err()).isEqualTo(Kind.BUILD.exitCode());
    fixture.edit("rust/src/add.rs", "checked_ad", "checked_add");
    CommandRun built = command(fixture, "build", "--offline", "--json", "--project-version=1.0");
    assertThat(built.exit()).as(built.err()).isZero();
    assertThat(Json.tree(built.out()).at("/libraries/1/role").asText()).isEqualTo("shim");
    assertThat(built.err()).contains("2 of 2 libraries built");
    CommandRun early = command(fixture, "verify", "--project-version=2.0");
    assertThat(early.exit()).isEqualTo(Kind.USAGE.exitCode());
    assertThat(early.err()).startsWith("error: STOW-204 ").contains("version 1.0, not 2.0");
    CommandRun verified = command(fixture, "verify", "--json", "--project-version=1.0");
    assertThat(verified.exit()).as(verified.err()).isZero();
    assertThat(Json.tree(verified.out()).at("/0/libraries/0/role").asText()).isEqualTo("core");
    Path core = fixture.library("rust", Role.CORE);
    byte[] good = Files.readAllBytes(core);
    String mark = "stowage-contract:" + "0".repeat(64);
    Files.writeString(core, mark, StandardOpenOption.APPEND);
    CommandRun broken = command(fixture, "verify", "--project-version=1.0");
    assertThat(broken.exit()).isEqualTo(Kind.BOUNDARY.exitCode());
    assertThat(broken.err()).contains("contract: contains a contract digest, but a core must not");
    Files.write(core, good);
    CommandRun other = command(fixture, "package", "--project-version=2.0");
    assertThat(other.exit()).isEqualTo(Kind.USAGE.exitCode());
    assertThat(other.err()).startsWith("error: STOW-204 ").contains("version 1.0, not 2.0");
    CommandRun packed = command(fixture, "package", "--project-version=1.0");
    assertThat(packed.exit()).as(packed.err()).isZero();
    assertThat(fixture.output().jars().resolve("tiny-natives-1.0-linux-x86_64.jar")).exists();
  }
}
