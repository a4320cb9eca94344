package dev.stowage.wasm.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/**
 * The result of a run of the tool in this JVM.
 *
 * @param code its exit code
 * @param out its standard output
 * @param err its standard error
 */
record ToolRun(int code, String out, String err) {
  static ToolRun run(String... args) {
    return run("", false, args);
  }

  static ToolRun run(String input, boolean terminal, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ToolOutput output =
        new ToolOutput(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            terminal);
    int code = ToolMain.run(args, output);
    return new ToolRun(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** Runs the tool, requires success and an empty standard error, and returns its output. */
  static String good(String... args) {
    ToolRun tool = run(args);
    assertThat(tool.err).as(tool.toString()).isEmpty();
    assertThat(tool.code).as(tool.toString()).isZero();
    return tool.out;
  }

  /** Runs the tool, requires that exit code and no output, and returns its standard error. */
  static String bad(int code, String... args) {
    ToolRun tool = run(args);
    assertThat(tool.out).as(tool.toString()).isEmpty();
    assertThat(tool.code).as(tool.toString()).isEqualTo(code);
    return tool.err;
  }
}
