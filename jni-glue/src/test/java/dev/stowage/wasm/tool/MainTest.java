package dev.stowage.wasm.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.wasm.Modules;
import dev.stowage.wasm.NoLeaks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoLeaks.class)
class MainTest {
  @TempDir private Path dir;
  private Path module;
  private String out;
  private String err;

  @BeforeEach
  void write() throws IOException {
    module = Files.write(dir.resolve("m.wasm"), Modules.calculator());
  }

  @Test
  void helpIsHelp() {
    assertThat(run("--help")).isZero();
    assertThat(out).isEqualTo(Messages.HELP);
    assertThat(run()).isEqualTo(2);
    assertThat(out).isEqualTo(Messages.HELP);
  }

  @Test
  void describe() {
    assertThat(run("describe", module.toString())).isZero();
    assertThat(out)
        .isEqualTo(
            """
                   Valid  %s: 152 bytes, 1 import, 6 exports
                  Import  func    host.call                (i64) -> (i64)
                  Export  func    add                      (i64, i64) -> (i64)
                  Export  func    divide                   (i64, i64) -> (i64)
                  Export  func    loop                     () -> ()
                  Export  func    callHost                 (i64) -> (i64)
                  Export  func    narrow                   (i32) -> (i32)
                  Export  memory  memory                   1..16 pages
            """
                .formatted(module));
    assertThat(err).isEmpty();
  }

  @Test
  void runPrintsHostCallsAndResult() {
    assertThat(run("run", module.toString(), "callHost", "-5")).isZero();
    assertThat(out).isEqualTo("        Host  -5\n    Returned  callHost(-5) = -5\n");
    assertThat(run("run", module.toString(), "add", "40", "2")).isZero();
    assertThat(out).isEqualTo("    Returned  add(40, 2) = 42\n");
  }

  @Test
  void failuresGoToStandardError() {
    assertThat(run("run", module.toString(), "divide", "1", "0")).isEqualTo(1);
    assertThat(err).isEqualTo("error: trap in function 'divide': integer divide by zero\n");
    assertThat(out).isEmpty();
    Path missing = dir.resolve("none.wasm");
    assertThat(run("describe", missing.toString())).isEqualTo(1);
    assertThat(err).isEqualTo("error: cannot read " + missing + ": no such file\n");
    assertThat(run("pull", "oci:" + dir + ":v1", dir.resolve("x").toString())).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "error: " + dir + ": not an OCI image layout directory (index.json not found)\n");
    assertThat(run("describe", dir.toString())).isEqualTo(1);
    assertThat(err).isEqualTo("error: cannot read " + dir + ": is a directory\n");
  }

  @Test
  void eachThingIsSaidOnce() throws IOException {
    Path target = dir.resolve("x");
    assertThat(run("pull", "bad ref", target.toString())).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "error: invalid reference 'bad ref': missing registry or repository; write"
                + " host[:port]/repository[:tag][@sha256:...] or oci:DIRECTORY:TAG\n");
    Files.write(target, new byte[] {0x50, 0x0c, 0x51, (byte) 0xe4, 0x11});
    assertThat(run("describe", target.toString())).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "error: not a WebAssembly module: does not begin with \\0asm (found 50 0c 51 e4)\n");
  }

  @Test
  void versionNeedsNoCore() {
    assertThat(run("--version")).isZero();
    assertThat(out).isEqualTo("stowage-wasm dev\n");
    assertThat(run("--version", "x")).isEqualTo(2);
  }

  @Test
  void wrongUsage() {
    assertThat(run("descrbie", "x")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            """
            error: unknown command 'descrbie'; did you mean 'describe'?
              --help lists the commands
            """);
    assertThat(run("frobnicate")).isEqualTo(2);
    assertThat(err).isEqualTo("error: unknown command 'frobnicate'\n  --help lists the commands\n");
    assertThat(run("pull", "ref")).isEqualTo(2);
    assertThat(err).isEqualTo("error: usage: pull REF FILE\n  --help lists the commands\n");
    assertThat(run("demo", "x")).isEqualTo(2);
    assertThat(err).isEqualTo("error: usage: demo\n  --help lists the commands\n");
    assertThat(run("run", module.toString(), "add", "1.5", "2")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "error: ARGS are whole numbers of 64 bits, found '1.5'\n  --help lists the commands\n");
    assertThat(run("describe", "a\0b")).isEqualTo(2);
    assertThat(err).startsWith("error: 'a\0b' is not a path: nul character not allowed");
    assertThat(out).isEmpty();
  }

  @Test
  void doctorReports() {
    assertThat(run("doctor", "--json")).isZero();
    assertThat(out).startsWith("{").contains("rust").contains("go");
    assertThat(run("doctor")).isZero();
    assertThat(out).contains("rust").contains("go");
    assertThat(run("doctor", "--jsn")).isEqualTo(2);
  }

  @Test
  void demoGoesTheWholeWayAndCleansUp() throws IOException {
    String tmp = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", dir.toString());
    try {
      assertThat(run("demo")).as(err).isZero();
    } finally {
      System.setProperty("java.io.tmpdir", tmp);
    }
    assertThat(err).isEmpty();
    assertThat(out.lines().map(line -> line.substring(0, 12).strip()))
        .containsExactly(
            "Loaded",
            "Loaded",
            "Packed",
            "Digest",
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
  }

  private int run(String... args) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    int code =
        Main.run(
            args, new PrintStream(outBytes, true, UTF_8), new PrintStream(errBytes, true, UTF_8));
    out = outBytes.toString(UTF_8);
    err = errBytes.toString(UTF_8);
    return code;
  }
}
