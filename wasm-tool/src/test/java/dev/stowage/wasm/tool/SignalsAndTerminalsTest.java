package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.ChildProcess;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.RunningChild;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tool as a child process, with signals and terminals. */
@ExtendWith(NoLeaks.class)
class SignalsAndTerminalsTest {
  private static final byte[] BEFORE = {1, 2, 3};
  private static final String NATIVES =
      "-Dstowage.wasm.path=" + System.getProperty("stowage.wasm.path");

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
    ToolRun.good("push", source.toString(), reference);
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
      RunningChild child =
          new ChildJvm("pull")
              .ownClassPath()
              .option(NATIVES)
              .main(ToolMain.class, "pull", reference, target)
              .start();
      child.await("transfer", () -> target.getParent().toFile().list().length > 1);
      child.signal(signal);
      Outcome outcome = child.await().expectExit(signal.equals("INT") ? 130 : 143);
      end.countDown();
      assertThat(outcome.output()).doesNotContain("Pulled");
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
    List<String> command = new ArrayList<>(List.of(Jdk.current().java().toString(), NATIVES));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), ToolMain.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs a command that must succeed, and returns both of its output streams. */
  private static String run(List<String> command) {
    return ChildProcess.program(command.toArray(new String[0]))
        .inheritEnvironment()
        .environment("TERM", "xterm")
        .run()
        .expectExit(0)
        .output();
  }
}
