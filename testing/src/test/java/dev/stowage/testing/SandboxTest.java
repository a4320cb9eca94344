package dev.stowage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Each condition of a sandbox is real, and ends with the child. */
class SandboxTest {
  @Test
  void theOrdinaryUserIsNotRootAndHasNoGroups() {
    Outcome id =
        ChildProcess.shell("id -u; id -G; touch \"$HOME/mine\"").in(Sandbox.ordinaryUser()).run();
    assertThat(id.expectExit(0).out()).isEqualTo("65534\n65534\n");
    assertThat(ChildProcess.shell("id -u").in(Sandbox.user(1234)).run().out()).isEqualTo("1234\n");
  }

  @Test
  void mountsAreRealAndVanish() {
    Path directory = SharedFiles.directory("mount");
    Sandbox user = Sandbox.ordinaryUser();
    refused(
        user.tmpfs(directory, 1 << 20, ",noexec"),
        "cp /bin/true D/x && D/x",
        directory,
        "Permission denied");
    refused(
        user.full(directory, 1 << 16),
        "head -c 9999 /dev/zero >D/x",
        directory,
        "No space left on device");
    refused(
        user.readOnly(directory),
        "head -c 9999 /dev/zero >D/x",
        directory,
        "Read-only file system");
    refused(user.tmpfs(directory, 1 << 16, ",ro"), "touch D/x", directory, "Read-only file system");
    refused(
        user.tmpfs(directory, 1 << 14, ""),
        "head -c 40000 /dev/zero >D/x",
        directory,
        "No space left on device");
    refused(
        user.rootOnly(directory), "head -c 9999 /dev/zero >D/x", directory, "Permission denied");
    refused(user, "head -c 9999 /dev/zero >D/x", directory, "Permission denied");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aBoundDirectoryStandsInForAnother() throws Exception {
    Path directory = SharedFiles.directory("bound");
    Files.writeString(directory.resolve("file"), "content");
    Sandbox sandbox = Sandbox.none().bind(directory, Path.of("/mnt"));
    assertThat(ChildProcess.shell("cat /mnt/file").in(sandbox).run().expectExit(0).out())
        .isEqualTo("content");
  }

  @Test
  void aMountThatFailsIsNotASandbox() {
    Path nowhere = SharedFiles.directory("nowhere").resolve("missing");
    Sandbox sandbox = Sandbox.ordinaryUser().tmpfs(nowhere, 1 << 16, "");
    assertThat(ChildProcess.shell("true").in(sandbox).run().exit()).isEqualTo(Sandbox.NOT_REAL);
    assertThatThrownBy(() -> ChildProcess.shell("true").in(sandbox).run().expectExit(0))
        .hasMessageContaining("mount");
  }

  private static void refused(Sandbox sandbox, String script, Path directory, String text) {
    Outcome outcome =
        ChildProcess.shell(script.replace("D", directory.toString())).in(sandbox).run();
    assertThat(outcome.exit()).as(outcome.toString()).isNotZero().isNotEqualTo(Sandbox.NOT_REAL);
    assertThat(outcome.output()).contains(text);
  }
}
