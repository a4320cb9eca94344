package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.wasm.fixture.GoProgram;
import dev.stowage.wasm.fixture.NoLeaks;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} with a WASI program compiled by Go. */
@ExtendWith(NoLeaks.class)
class ProgramTest {
  @TempDir private static Path dir;
  private static String program;

  @BeforeAll
  static void build() throws Exception {
    program = dir.resolve("program.wasm").toString();
    GoProgram.build(Path.of(program));
  }

  @Test
  void itsExitCodeIsTheTools() {
    for (int code : new int[] {0, 1, 2, 42, 255}) {
      assertThat(ToolRun.run("run", program, "--", Integer.toString(code)).code()).isEqualTo(code);
    }
  }

  @Test
  void itsStreamsAreTheTools() {
    assertThat(ToolRun.run("input", false, "run", program))
        .isEqualTo(new ToolRun(0, "args [program.wasm]\nGREETING \n", "to the error stream\n"));
    String[] all = {
      "run", "--stdin", "--env=GREETING=hi=ho", "--env", "B=", program, "--", "0", "--json"
    };
    assertThat(ToolRun.run("in\u00e9put", false, all))
        .isEqualTo(
            new ToolRun(
                0,
                "args [program.wasm 0 --json]\nGREETING hi=ho\nin\u00e9put",
                "to the error stream\n"));
  }

  @Test
  void aProgramWithoutFuelIsStopped() {
    ToolRun starved = ToolRun.run("run", program, "--fuel", "1000");
    assertThat(starved.code()).isEqualTo(1);
    assertThat(starved.err()).startsWith("error: ").contains("fuel");
  }

  @Test
  void aWrongEnvironmentOptionIsNamed() {
    assertThat(ToolRun.bad(2, "run", program, "--env", "GREETING"))
        .isEqualTo(
            "error: --env needs NAME=VALUE, found 'GREETING'\n  run --help lists the options\n");
    assertThat(ToolRun.bad(2, "run", program, "--env==x")).contains("found '=x'");
  }
}
