package dev.stowage.wasm.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TransferBarTest {
  private static final String BLOB = "sha256:" + "a".repeat(64);
  private static final String OTHER = "sha256:" + "b".repeat(64);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void oneLineForEachBlobThatIsDone() {
    TransferBar progress = new TransferBar(output(false));
    progress.progress(BLOB, 0, 10);
    progress.progress(OTHER, 0, 0);
    progress.progress(OTHER, 0, 0);
    progress.progress(BLOB, 10, 10);
    progress.erase();
    assertThat(out.toString(UTF_8).lines().map(line -> line.substring(0, 45).strip()))
        .containsExactly(
            "Moved  sha256:bbbbbbbbbbbb, 0 bytes", "Moved  sha256:aaaaaaaaaaaa, 10 bytes");
    assertThat(err.size()).isZero();
  }

  @Test
  void aBarOnATerminalWhichIsTakenAway() throws Exception {
    TransferBar progress = new TransferBar(output(true));
    progress.progress(BLOB, 0, 1000);
    assertThat(err.size()).as("not for what is done at once").isZero();
    Thread.sleep(120);
    progress.progress(BLOB, 500, 1000);
    String bar = ToolMessages.bar(BLOB, 500, 1000);
    assertThat(err.toString(UTF_8)).isEqualTo("\r" + bar);
    progress.progress(BLOB, 501, 1000);
    assertThat(err.toString(UTF_8)).as("not more often than the eye sees").isEqualTo("\r" + bar);
    progress.progress(BLOB, 1000, 1000);
    progress.erase();
    assertThat(err.toString(UTF_8)).isEqualTo("\r" + bar + "\r" + " ".repeat(bar.length()) + "\r");
    assertThat(out.toString(UTF_8)).contains("Moved  sha256:aaaaaaaaaaaa, 1000 bytes");
  }

  private ToolOutput output(boolean terminal) {
    return new ToolOutput(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        terminal);
  }
}
