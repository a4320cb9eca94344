package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.scenario.BadModules;
import dev.stowage.it.scenario.ClosedArena;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;

/**
 * Checks bad modules, bad calls and bad host functions: type, code and text of the exception, and
 * that no handle or memory is left.
 */
class BadModulesIT {
  private static final String INVALID = "WasmException INVALID_MODULE: ";

  @EachJdk
  void eachFaultIsItsOwnClearException(Jdk jdk) {
    Outcome outcome =
        JvmSetup.dropIn().flags("-Xmx1g").child(jdk, BadModules.class).run().expectOk();
    bytes(outcome);
    calls(outcome);
    hosts(outcome);
  }

  @EachJdk
  void memoryThatIsGoneIsAnExceptionAndNoCrash(Jdk jdk) {
    assumeTrue(jdk.feature() >= 22, "JDK " + jdk.feature() + " has no java.lang.foreign.Arena");
    Outcome outcome = JvmSetup.dropIn().child(jdk, ClosedArena.class).run().expectOk();
    assertThat(outcome.result("open")).isEqualTo("true 8");
    assertThat(outcome.result("foreign")).startsWith("WrongThreadException: ");
    for (String call : new String[] {"validate", "describe", "sha256"}) {
      assertThat(outcome.result(call)).as(call).isEqualTo("IllegalStateException: Already closed");
    }
  }

  private static void bytes(Outcome outcome) {
    assertThat(outcome.result("empty"))
        .isEqualTo(INVALID + "not a WebAssembly module: no bytes at all");
    assertThat(outcome.result("header-only-half"))
        .isEqualTo(INVALID + "not a WebAssembly module: unexpected end at byte 4");
    assertThat(outcome.result("truncated"))
        .matches(INVALID + "not a WebAssembly module: unexpected end at byte \\d+");
    assertThat(outcome.result("truncated-open")).isEqualTo(outcome.result("truncated"));
    assertThat(outcome.result("random"))
        .matches(
            INVALID
                + "not a WebAssembly module: does not begin with \\\\0asm"
                + " \\(found ([0-9a-f]{2} ){3}[0-9a-f]{2}\\)");
    assertThat(outcome.result("100MB-zeros"))
        .startsWith(INVALID + "not a WebAssembly module: unexpected end at byte ");
    assertThat(outcome.result("100MB-valid")).isEqualTo("8");
    assertThat(outcome.result("100MB-truncated"))
        .startsWith(INVALID + "not a WebAssembly module: unexpected end at byte ");
  }

  private static void calls(Outcome outcome) {
    assertThat(outcome.result("trap"))
        .isEqualTo(
            "WasmException TRAP: trap in function 'trap': wasm 'unreachable' instruction executed");
    assertThat(outcome.result("divide-by-zero"))
        .isEqualTo("WasmException TRAP: trap in function 'divide': integer divide by zero");
    assertThat(outcome.result("endless-loop"))
        .isEqualTo(
            "WasmException OUT_OF_FUEL: function 'spin' used up its fuel; open the instance with more, or look for a loop");
    assertThat(outcome.result("endless-recursion"))
        .startsWith(
            "WasmException CALL_DEPTH: function 'dive' exhausted the call stack: more than 10000 nested calls");
    assertThat(outcome.result("too-few-arguments"))
        .isEqualTo(
            "WasmException WRONG_ARGUMENTS: function 'add' is (i64, i64) -> (i64): it needs 2 arguments and returns 1 result; the call has 1 argument and 1 result");
    assertThat(outcome.result("too-many-arguments"))
        .endsWith("the call has 100 arguments and 1 result");
    assertThat(outcome.result("narrow-argument"))
        .isEqualTo(
            "WasmException WRONG_ARGUMENTS: function 'narrow' is (i32) -> (), but java.util.function.LongUnaryOperator is (i64) -> (i64)");
    assertThat(outcome.result("unknown-export"))
        .startsWith(
            "WasmException UNKNOWN_EXPORT: the module has no function 'ad'; its functions are ")
        .contains("'add' (i64, i64) -> (i64)");
    assertThat(outcome.result("lone-surrogate"))
        .startsWith(
            "WasmException INVALID_ARGUMENT: export name: lone surrogate U+D800 at index 1");
    assertThat(outcome.result("null-name")).startsWith("NullPointerException: ");
    assertThat(outcome.result("null-module")).isEqualTo("NullPointerException: module");
    assertThat(outcome.result("negative-fuel"))
        .startsWith("WasmException INVALID_ARGUMENT: fuel: -1 is negative");
    assertThat(outcome.result("start-traps"))
        .isEqualTo(
            "WasmException TRAP: trap in the start of the module: wasm 'unreachable' instruction executed");
  }

  private static void hosts(Outcome outcome) {
    assertThat(outcome.result("missing-import"))
        .startsWith(
            "WasmException MISSING_IMPORT: the module imports 'env.missing' (func (i64) -> (i64))")
        .contains("not given");
    assertThat(outcome.result("missing-host"))
        .startsWith(
            "WasmException MISSING_IMPORT: the module imports 'host.call' (func (i64) -> (i64))");
    assertThat(outcome.result("throwing-host"))
        .isEqualTo("java.lang.IllegalStateException: thrown by the host");
    assertThat(outcome.result("reentrant"))
        .startsWith("WasmException BUSY: the instance is running a call that waits for this one");
    assertThat(outcome.result("closed-elsewhere"))
        .isEqualTo("WasmException CLOSED: the instance is closed");
    assertThat(outcome.result("closed-and-reused"))
        .isEqualTo("WasmException CLOSED: the instance is closed");
  }
}
