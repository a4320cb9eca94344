package dev.stowage.packager.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stowage.packager.fixture.JsonSchemas;
import dev.stowage.packager.record.Json;
import dev.stowage.testing.CCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Third-party libraries on the command line: exit codes by class of rule, text and JSON. */
class VerifyCommandTest {
  private static final String SOURCE = "int add(int a, int b) { return a + b; }";

  @TempDir Path directory;

  private Path library(String path, String... flags) {
    List<String> all = new ArrayList<>(CCompiler.GOOD_CORE);
    all.addAll(Arrays.asList(flags));
    return CCompiler.host().library(directory.resolve(path), SOURCE, all);
  }

  private CommandRun verify() {
    return CommandRun.of("verify", "--json", directory.toString());
  }

  @Test
  void goodOnesEndWithZero() {
    library("linux-x86_64/libgood.so");
    CommandRun run = verify();
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("linux-x86_64/libgood.so  needs no particular version; ")
        .contains(directory + ": 1 library verified in 0.");
  }

  @Test
  void theExitCodeIsThatOfTheClass() {
    Path wrong = library("linux-aarch_64/libwrong.so", "-Wl,-z,max-page-size=65536");
    assertThat(verify().exit()).isEqualTo(11);
    assertThat(verify().err())
        .contains("error: STOW-200 1 violation in the libraries of " + directory)
        .contains(
            "linux-aarch_64/libwrong.so: machine: is for x86_64 (elf), but linux-aarch_64 is for"
                + " aarch_64 (elf); fix: build it with the toolchain of this platform");
    assertThat(wrong.toFile().delete()).isTrue();
    library("linux-x86_64/libpath.so", "-Wl,-rpath,/opt/lib");
    assertThat(verify().exit()).isEqualTo(12);
    library("linux-x86_64/libpath.so", "-Wl,-z,execstack");
    assertThat(verify().exit()).isEqualTo(13);
    library("linux-x86_64/libpath.so", "-Wl,-z,execstack", "-Wl,-rpath,/opt/lib");
    assertThat(verify().exit()).isEqualTo(1);
  }

  @Test
  void aRuleCanWarnOrBeSkipped() {
    library("libstack.so", "-Wl,-z,execstack");
    CommandRun warned =
        CommandRun.of("verify", "--rule", "exec-stack=warning", directory.toString());
    assertThat(warned.exit()).isZero();
    assertThat(warned.err())
        .contains("warning: libstack.so: exec-stack: needs an executable stack")
        .contains(": 0 errors, 1 warning");
    CommandRun skipped = CommandRun.of("verify", "--rule", "exec-stack=off", directory.toString());
    assertThat(skipped.exit()).isZero();
    assertThat(skipped.err()).doesNotContain("warning:");
  }

  @Test
  void jsonFitsItsSchema() throws IOException {
    library("linux-x86_64/libstack.so", "-Wl,-z,execstack");
    library("android/libother.so");
    Files.writeString(directory.resolve("libpage.so"), "<!doctype html>");
    CommandRun run = verify();
    assertThat(run.exit()).isEqualTo(1);
    JsonNode report = Json.tree(run.out()).get(0);
    assertThat(JsonSchemas.undescribed("verify-report", report)).isEmpty();
    assertThat(report.at("/libraries/0/file").asText()).isEqualTo("libpage.so");
    assertThat(report.at("/libraries/0/findings/0/found").asText())
        .isEqualTo("not a library: this is a web page (an error page saved as a library?)");
    assertThat(report.at("/libraries/1/findings/0/ruleClass").asText()).isEqualTo("hardening");
    assertThat(report.at("/skipped/0/reason").asText()).isEqualTo("made for Android");
  }

  @Test
  void openJars() throws IOException {
    Path library = library("libgood.so");
    Path jar = directory.resolve("some.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("native/linux-x86_64/libgood.so"));
      Files.copy(library, zip);
      zip.putNextEntry(new ZipEntry("some/Some.class"));
      zip.write(new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 52});
    }
    CommandRun run = CommandRun.of("verify", jar.toString(), library.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("native/linux-x86_64/libgood.so  needs no")
        .contains(jar + ": 1 library verified in ")
        .contains(library + ": 1 library verified in ");
  }

  @Test
  void whatCannotBeChecked() throws IOException {
    assertThat(CommandRun.of("verify", directory.resolve("no").toString()).err())
        .contains("STOW-205");
    assertThat(verify().err()).contains("STOW-206");
    Path jar = Files.writeString(directory.resolve("cut.jar"), "PK\003\004 and no more");
    CommandRun run = CommandRun.of("verify", jar.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("STOW-207 cannot read ");
  }

  @Test
  void withoutFilesItNeedsAVersion() {
    CommandRun run = CommandRun.of("verify");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("Missing required option: '--project-version=VERSION'");
  }
}
