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
class RunCommandTest {
  private static final String HELP = "\n  run --help lists the options\n";

  @TempDir private Path dir;
  private String module;
  private String numbers;

  @BeforeEach
  void write() throws IOException {
    module = Files.write(dir.resolve("m.wasm"), Modules.calculator()).toString();
    numbers = Files.write(dir.resolve("n.wasm"), Modules.numbers()).toString();
  }

  @Test
  void printsHostCallsAndResult() {
    assertThat(ToolRun.good("run", module, "callHost", "-5"))
        .isEqualTo("        Host  -5\n    Returned  callHost(-5) = -5\n");
    assertThat(ToolRun.good("run", module, "add", "40", "2"))
        .isEqualTo("    Returned  add(40, 2) = 42\n");
    assertThat(ToolRun.good("run", module, "add", "--", "-40", "2"))
        .isEqualTo("    Returned  add(-40, 2) = -38\n");
  }

  @Test
  void argumentsAreReadAsTheExportsTypeSays() {
    assertThat(ToolRun.good("run", numbers, "turn", "-1", "0xff", "1.5", "-inf"))
        .isEqualTo("    Returned  turn(-1, 255, 1.5, -inf) = (-inf, 1.5, 255, -1)\n");
    assertThat(ToolRun.good("run", numbers, "turn", "4294967295", "-0x1", "nan", "1e300"))
        .isEqualTo("    Returned  turn(-1, -1, nan, 1.0E300) = (1.0E300, nan, -1, -1)\n");
    assertThat(ToolRun.good("run", numbers, "nothing")).isEqualTo("    Returned  nothing()\n");
  }

  @Test
  void asJson() {
    assertThat(
            ToolRun.good("run", "--json", numbers, "turn", "-1", "9007199254740993", "0.5", "nan"))
        .isEqualTo(
            """
            {
              "version": 1,
              "export": "turn",
              "type": "(i32, i64, f32, f64) -> (f64, f32, i64, i32)",
              "arguments": [
                "-1",
                "9007199254740993",
                "0.5",
                "nan"
              ],
              "results": [
                "nan",
                "0.5",
                "9007199254740993",
                "-1"
              ]
            }
            """);
    assertThat(ToolRun.good("run", "--json", module, "callHost", "1")).doesNotContain("Host ");
    assertThat(ToolRun.bad(2, "run", module, "--json"))
        .isEqualTo(
            "error: --json prints the result of EXPORT as JSON; it has no effect on the output of a program, so leave it out"
                + HELP);
  }

  @Test
  void argumentsThatDoNotFit() {
    assertThat(ToolRun.bad(2, "run", module, "add", "1"))
        .isEqualTo("error: 'add' is (i64, i64) -> (i64), found 1 argument" + HELP);
    assertThat(ToolRun.bad(2, "run", module, "narrow", "1", "2"))
        .isEqualTo("error: 'narrow' is (i32) -> (i32), found 2 arguments" + HELP);
    assertThat(ToolRun.bad(2, "run", module, "add", "1.5", "2"))
        .startsWith("error: ")
        .contains("'1.5'")
        .endsWith(HELP);
    assertThat(ToolRun.bad(2, "run", module, "narrow", "4294967296")).contains("'4294967296'");
  }

  @Test
  void aFailedCallIsAnError() {
    assertThat(ToolRun.bad(1, "run", module, "divide", "1", "0"))
        .isEqualTo("error: trap in function 'divide': integer divide by zero\n");
    assertThat(ToolRun.bad(1, "run", module, "ad", "1", "2"))
        .startsWith("error: the module has no function 'ad'; its functions are 'add' ");
    assertThat(ToolRun.bad(1, "run", module))
        .contains("_start")
        .endsWith("; this module is not a program: name the export to call\n");
  }

  @Test
  void limitsStopACall() {
    assertThat(ToolRun.bad(1, "run", module, "loop", "--fuel", "1000")).contains("fuel");
    assertThat(ToolRun.bad(1, "run", module, "loop", "--timeout=1", "--fuel=9223372036854775807"))
        .isEqualTo("error: stopped after 1 s (--timeout)\n");
    assertThat(
            ToolRun.run(
                    "run", module, "loop", "--json", "--timeout=1", "--fuel=9223372036854775807")
                .out())
        .contains("\"code\": \"TIMEOUT\"");
    assertThat(ToolRun.bad(2, "run", module, "loop", "--fuel", "-1"))
        .isEqualTo(
            "error: --fuel N is a whole number from 0 to 9223372036854775807, found '-1'" + HELP);
  }
}
