package dev.stowage.wasm.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.testing.registry.SpoiltAnswer;
import dev.stowage.testing.registry.TestRegistry;
import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What takes a process of its own: signals and terminals. */
@ExtendWith(NoLeaks.class)
class ChildTest {
  private static final byte[] BEFORE = {1, 2, 3};

  @TempDir private Path dir;
  private final TestRegistry registry = new TestRegistry();
  private String reference;
  private Path target;

  @BeforeEach
  void push() throws IOException {
    byte[] module = new byte[1_000_000];
    Modules.padded(module.length).get(module);
    Path source = Files.write(dir.resolve("m.wasm"), module);
    reference = registry.reference("app:v1");
    Tool.good("push", source.toString(), reference);
    target = Files.createDirectory(dir.resolve("out")).resolve("pulled.wasm");
    Files.write(target, BEFORE);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void ctrlCLeavesNoDamagedFile() throws Exception {
    for (String signal : new String[] {"INT", "TERM"}) {
      CountDownLatch end = new CountDownLatch(1);
      registry.spoil("GET /v2/app/blobs/", 1, SpoiltAnswer.stalled(end));
      // A run in the background hands down an ignored SIGINT, which the JVM then leaves ignored.
      List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
      command.addAll(java("pull", reference, target.toString()));
      Path said = dir.resolve("said");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      awaitPart();
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      end.countDown();
      assertThat(process.exitValue())
          .as(Files.readString(said))
          .isEqualTo(signal.equals("INT") ? 130 : 143);
      assertThat(Files.readString(said)).doesNotContain("Pulled");
      assertThat(target).hasBinaryContent(BEFORE);
      assertThat(target.getParent().toFile().list()).containsExactly("pulled.wasm");
    }
  }

  @Test
  void theBarIsForTerminals() throws Exception {
    registry.spoil("GET /v2/app/blobs/", 2, SpoiltAnswer.slow());
    List<String> command = java("pull", reference, target.toString());
    String quoted = "'" + String.join("' '", command) + "'";
    String watched = run(List.of("script", "-qec", quoted, "/dev/null"));
    assertThat(watched).contains("\r      Moving  sha256:").contains("Pulled  " + reference);
    String unwatched = run(command);
    assertThat(unwatched).doesNotContain("\r").doesNotContain("Moving").contains("Pulled");
    assertThat(run(List.of("script", "-qec", quoted + " 2>" + dir.resolve("err"), "/dev/null")))
        .doesNotContain("Moving");
    assertThat(dir.resolve("err")).isEmptyFile();
  }

  private static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String path = "stowage.wasm.path";
    command.add("-D" + path + "=" + System.getProperty(path));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), ToolMain.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Both streams of a run that succeeds. */
  private static String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TERM", "xterm");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private void awaitPart() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (target.getParent().toFile().list().length < 2) {
      assertThat(System.nanoTime()).as("no transfer has begun").isLessThan(deadline);
      Thread.sleep(10);
    }
  }
}
