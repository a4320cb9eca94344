package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.wasm.WasmException.Code;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ToolMessagesTest {
  @Test
  void actionsEndInOneColumn() {
    assertThat(ToolMessages.line("Ran", "x")).isEqualTo("         Ran  x");
    assertThat(ToolMessages.line("Described", "x")).isEqualTo("   Described  x");
    assertThat(ToolMessages.timed("Ran", "x", 1_234_567))
        .startsWith("         Ran  x")
        .endsWith("     1.2 ms");
  }

  @Test
  void onlyABugIsCalledOne() {
    assertThat(ToolMessages.failed(Code.TRAP, "trap in x")).isEqualTo("trap in x");
    for (Code bug : new Code[] {Code.PANIC, Code.INTERNAL}) {
      assertThat(ToolMessages.failed(bug, "m (a.rs:1)"))
          .isEqualTo("a bug in the native code, please report it: m (a.rs:1)");
    }
  }

  @Test
  void reasonsContinueASentence() {
    assertThat(ToolMessages.reason(new IOException("Is a directory"))).isEqualTo("is a directory");
    assertThat(ToolMessages.reason(new NoSuchFileException("/x"))).isEqualTo("no such file");
    assertThat(ToolMessages.reason(new AccessDeniedException("/x"))).isEqualTo("permission denied");
    assertThat(ToolMessages.reason(new FileSystemException("/x", null, "No space left on device")))
        .isEqualTo("no space left on device");
    assertThat(ToolMessages.reason(new FileSystemException("/x"))).isEqualTo("FileSystemException");
    assertThat(ToolMessages.unusable("/x", "no space left"))
        .isEqualTo("cannot use /x: no space left");
  }

  @Test
  void classesOutsideAJarHaveNoVersion() {
    assertThat(ToolMessages.version("1.2.3")).isEqualTo("stowage-wasm 1.2.3");
    assertThat(ToolMessages.version(null)).isEqualTo("stowage-wasm dev");
  }

  @Test
  void oneIsNotMany() {
    assertThat(ToolMessages.module("m", 1, 0, 1)).isEqualTo("m: 1 byte, 0 imports, 1 export");
  }

  @Test
  void theBarFitsATerminal() {
    String digest = "sha256:" + "a".repeat(64);
    assertThat(ToolMessages.bar(digest, 0, 3_000_000))
        .isEqualTo("      Moving  sha256:aaaaaaaaaaaa  [....................]   0% of 3.0 MB");
    assertThat(ToolMessages.bar(digest, 1_500_000, 3_000_000))
        .isEqualTo("      Moving  sha256:aaaaaaaaaaaa  [##########..........]  50% of 3.0 MB");
    assertThat(ToolMessages.bar(digest, 1_500_000, -1))
        .isEqualTo("      Moving  sha256:aaaaaaaaaaaa       1.5 MB");
    assertThat(ToolMessages.bar(digest, 999_999_999_999L, 1_000_000_000_000L)).hasSizeLessThan(80);
  }

  @Test
  void aProxyThatIsNoneIsNotRepeated() {
    assertThat(ToolRun.bad(2, "resolve", "x/y:z", "--proxy", "http://me:hunter2@a b"))
        .isEqualTo(
            "error: the value of --proxy is not a URL\n  resolve --help lists the options\n");
  }
}
