package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.scenario.Pulls;
import dev.stowage.it.scenario.SampleModules;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.ChildProcess;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.Sandbox;
import dev.stowage.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;

/**
 * Pulls and pushes, as an ordinary user, where the file system refuses to write. Each condition has
 * a control: a plain write in the same sandbox is refused for the same reason.
 */
class FileSystemsIT {
  private static final long MODULE = 400_000;
  private static final String WRITE = "head -c " + MODULE + " /dev/zero >'%s/control'";

  private final Path source = SharedFiles.directory("source");
  private final Path target = SharedFiles.directory("target");
  private final Path module = source.resolve("module.wasm");
  private final Path layout = source.resolve("layout");

  @BeforeEach
  void pack() throws IOException {
    Files.write(module, SampleModules.padded((int) MODULE));
    JvmSetup.dropIn()
        .child(Jdk.newest(), Pulls.class)
        .arguments("push", "push", module, "oci:" + layout + ":v1")
        .run()
        .expectOk();
    ChildProcess.shell("chmod -R go+rX " + source).run().expectExit(0);
  }

  @EachJdk
  void aPullToAnUnwritableDirectoryIsRefused(Jdk jdk) {
    Outcome outcome = refused(jdk, Sandbox.ordinaryUser(), "Permission denied");
    assertThat(outcome.result("left")).isEqualTo("[]");
    assertThat(outcome.result("pull")).endsWith("permission denied");
    assertThat(outcome.result("push")).endsWith("permission denied");
  }

  @EachJdk
  void aPullToAReadOnlyFileSystemIsRefused(Jdk jdk) {
    Outcome outcome =
        refused(jdk, Sandbox.ordinaryUser().readOnly(target), "Read-only file system");
    assertThat(outcome.result("left")).isEqualTo("[]");
    assertThat(outcome.result("pull")).endsWith("read-only file system");
  }

  @EachJdk
  void aPullToAFullFileSystemIsRefused(Jdk jdk) {
    Outcome outcome =
        refused(jdk, Sandbox.ordinaryUser().full(target, 1 << 16), "No space left on device");
    assertThat(outcome.result("left")).isEqualTo("[fill]");
    assertThat(outcome.result("pull")).endsWith("no space left on device");
  }

  @EachJdk
  void aPullThatFillsTheFileSystemUpIsRefused(Jdk jdk) {
    Outcome outcome =
        refused(
            jdk, Sandbox.ordinaryUser().tmpfs(target, MODULE / 2, ""), "No space left on device");
    assertThat(outcome.result("left")).as("no half file").isEqualTo("[]");
    assertThat(outcome.result("pull")).endsWith("no space left on device");
  }

  @EachJdk
  void aPullToAMissingDirectoryIsRefused(Jdk jdk) {
    Path file = target.resolve("nowhere/pulled.wasm");
    Outcome outcome =
        pulls(jdk)
            .arguments("pull", "!pull", "oci:" + layout + ":v1", file)
            .arguments("pull", "control", "oci:" + layout + ":v1", target.resolve("pulled.wasm"))
            .run()
            .expectOk();
    assertThat(outcome.result("pull"))
        .startsWith("WasmException IO: cannot ")
        .contains(file.getParent().toString())
        .endsWith("no such file or directory");
  }

  /** Pulls and pushes into the target, which must fail, and lists it afterwards. */
  private Outcome refused(Jdk jdk, Sandbox sandbox, String control) {
    Outcome plain = ChildProcess.shell(String.format(WRITE, target)).in(sandbox).run();
    assertThat(plain.exit()).as("control: %s", plain).isNotZero();
    assertThat(plain.err()).as("control").contains(control);
    Outcome outcome =
        pulls(jdk)
            .arguments("pull", "!pull", "oci:" + layout + ":v1", target.resolve("pulled.wasm"))
            .arguments("list", "left", target)
            .arguments("push", "!push", module, "oci:" + target.resolve("layout") + ":v1")
            .in(sandbox)
            .run()
            .expectOk();
    assertThat(outcome.result("pull"))
        .startsWith("WasmException IO: cannot ")
        .contains(target.toString());
    assertThat(outcome.result("push"))
        .startsWith("WasmException IO: cannot ")
        .contains(target.toString());
    return outcome;
  }

  private static ChildJvm pulls(Jdk jdk) {
    return JvmSetup.dropIn().child(jdk, Pulls.class);
  }
}
