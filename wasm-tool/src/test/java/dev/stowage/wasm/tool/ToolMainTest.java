package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoLeaks.class)
class ToolMainTest {
  @TempDir private Path dir;
  private String module;

  @BeforeEach
  void write() throws IOException {
    module = Files.write(dir.resolve("m.wasm"), Modules.calculator()).toString();
  }

  @Test
  void failuresGoToStandardError() {
    Path missing = dir.resolve("none.wasm");
    assertThat(ToolRun.bad(1, "describe", missing.toString()))
        .isEqualTo("error: cannot read " + missing + ": no such file\n");
    assertThat(ToolRun.bad(1, "describe", dir.toString()))
        .isEqualTo("error: cannot read " + dir + ": is a directory\n");
  }

  @Test
  void withJsonFailuresAreDocumentsToo() {
    String missing = dir.resolve("none.wasm").toString();
    ToolRun tool = ToolRun.run("describe", missing, "--json");
    assertThat(tool.code()).isEqualTo(1);
    assertThat(tool.err()).isEqualTo("error: cannot read " + missing + ": no such file\n");
    assertThat(tool.out())
        .isEqualTo(
            """
            {
              "version": 1,
              "error": {
                "code": "IO",
                "text": "cannot read %s: no such file"
              }
            }
            """
                .formatted(missing));
  }

  @Test
  void eachThingIsSaidOnce() throws IOException {
    Path target = dir.resolve("x");
    assertThat(ToolRun.bad(1, "pull", "bad ref", target.toString()))
        .isEqualTo(
            "error: invalid reference 'bad ref': missing registry or repository; write"
                + " host[:port]/repository[:tag][@sha256:...] or oci:DIRECTORY:TAG\n");
    Files.write(target, new byte[] {0x50, 0x0c, 0x51, (byte) 0xe4, 0x11});
    assertThat(ToolRun.bad(1, "describe", target.toString()))
        .isEqualTo(
            "error: not a WebAssembly module: does not begin with \\0asm (found 50 0c 51 e4)\n");
  }

  @Test
  void versionNeedsNoCore() {
    assertThat(ToolRun.good("--version")).isEqualTo("stowage-wasm dev\n");
    assertThat(ToolRun.bad(2, "--version", "x"))
        .isEqualTo("error: usage: --version\n  --help lists the commands\n");
  }

  @Test
  void unknownCommands() {
    assertThat(ToolRun.bad(2, "descrbie", "x"))
        .isEqualTo(
            """
            error: unknown command 'descrbie'; did you mean 'describe'?
              --help lists the commands
            """);
    assertThat(ToolRun.bad(2, "frobnicate"))
        .isEqualTo("error: unknown command 'frobnicate'\n  --help lists the commands\n");
    assertThat(ToolRun.bad(2, "--hepl")).contains("did you mean '--help'?");
  }

  @Test
  void doctorReports() {
    assertThat(ToolRun.good("doctor", "--json")).startsWith("{").contains("rust").contains("go");
    assertThat(ToolRun.good("doctor")).contains("rust").contains("go");
    assertThat(ToolRun.bad(2, "doctor", "--jsn"))
        .isEqualTo(
            """
            error: doctor has no option '--jsn'; did you mean '--json'?
              doctor --help lists the options
            """);
  }

  @Test
  void demoGoesTheWholeWayAndCleansUp() {
    String tmp = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", dir.toString());
    String out;
    try {
      out = ToolRun.good("demo");
    } finally {
      System.setProperty("java.io.tmpdir", tmp);
    }
    assertThat(out.lines().map(line -> line.substring(0, 12).strip()))
        .containsExactly(
            "Loaded",
            "Loaded",
            "Pushed",
            "Module",
            "Pulled",
            "Validated",
            "Described",
            "Import",
            "Export",
            "Export",
            "Ran",
            "Removed",
            "Done");
    assertThat(out).contains("factorial(20) = 2432902008176640000, 19 calls into Java");
    assertThat(dir.toFile().list()).containsExactly("m.wasm");
  }

  @Test
  void pathsThatAreNone() {
    assertThat(ToolRun.bad(2, "describe", "a\0b"))
        .startsWith("error: 'a\0b' is not a path: nul character not allowed")
        .endsWith("\n  describe --help lists the options\n");
    assertThat(ToolRun.bad(2, "pull", "r", module, "--ca-file", "a\0b")).contains("is not a path");
  }
}
