package dev.stowage.it.scenario;

import dev.stowage.wasm.FunctionType;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmException;
import dev.stowage.wasm.WasmInstance;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongUnaryOperator;

/**
 * Everything that can be wrong with a module, a call or a host function. Each must be an exception,
 * and no handle or memory may be left.
 */
public final class BadModules {
  private static final int MEGABYTE = 1 << 20;

  private BadModules() {}

  public static void main(String[] args) throws Exception {
    bytes();
    calls();
    hosts();
    closed();
    ScenarioReport.check("handles", Wasm.liveHandles() == 0, Wasm.liveHandles());
    ScenarioReport.check("bytes", Wasm.nativeBytes() == 0, Wasm.nativeBytes());
    ScenarioReport.ok("after", UsesBoth.rust());
  }

  private static void bytes() {
    byte[] good = SampleModules.calculator();
    ScenarioReport.thrown("empty", () -> Wasm.validate(new byte[0]));
    ScenarioReport.thrown("header-only-half", () -> Wasm.validate(Arrays.copyOf(good, 4)));
    ScenarioReport.thrown("truncated", () -> Wasm.validate(Arrays.copyOf(good, good.length - 1)));
    ScenarioReport.thrown("truncated-open", () -> open(Arrays.copyOf(good, good.length - 1)));
    everyTruncation(good);
    byte[] random = new byte[MEGABYTE];
    new Random(1).nextBytes(random);
    ScenarioReport.thrown("random", () -> Wasm.validate(random));
    everyFlip(good);
    byte[] zeros = Arrays.copyOf(good, 100 * MEGABYTE);
    ScenarioReport.thrown("100MB-zeros", () -> Wasm.validate(zeros));
    byte[] large = SampleModules.padded(100 * MEGABYTE);
    Wasm.validate(large);
    ScenarioReport.ok("100MB-valid", Wasm.describe(large).exports().size());
    ScenarioReport.thrown(
        "100MB-truncated", () -> Wasm.validate(Arrays.copyOf(large, large.length - 1)));
  }

  /**
   * A module that is cut between two sections may be a smaller valid one; any other cut is refused.
   */
  private static void everyTruncation(byte[] good) {
    int refused = 0;
    for (int length = 0; length < good.length; length++) {
      refused += refused(Arrays.copyOf(good, length)) ? 1 : 0;
    }
    ScenarioReport.check(
        "every-truncation", refused >= good.length - 2, refused + " of " + good.length);
  }

  /** A module with one changed bit is refused or is another valid module. */
  private static void everyFlip(byte[] good) {
    int refused = 0;
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      refused += refused(bad) ? 1 : 0;
    }
    ScenarioReport.check("every-flip", refused > 0, refused + " of " + good.length * 8);
  }

  private static boolean refused(byte[] module) {
    try {
      open(module).close();
      return false;
    } catch (WasmException e) {
      return e.code() == WasmException.Code.INVALID_MODULE;
    }
  }

  private static void calls() {
    try (WasmInstance calculator = open(SampleModules.calculator())) {
      ScenarioReport.thrown("trap", () -> calculator.function("trap").call());
      ScenarioReport.thrown("divide-by-zero", () -> calculator.function("divide").call(1, 0));
      ScenarioReport.thrown("endless-loop", () -> calculator.function("spin").call());
      ScenarioReport.thrown("endless-recursion", () -> calculator.function("dive").call());
      ScenarioReport.thrown("too-few-arguments", () -> calculator.function("add").call(1));
      ScenarioReport.thrown(
          "too-many-arguments", () -> calculator.function("add").call(new long[100]));
      ScenarioReport.thrown(
          "narrow-argument", () -> calculator.function("narrow").as(LongUnaryOperator.class));
      ScenarioReport.thrown("unknown-export", () -> calculator.function("ad").call(1, 2));
      ScenarioReport.thrown("lone-surrogate", () -> calculator.function("a\ud800").call());
      ScenarioReport.thrown("null-name", () -> calculator.function(null));
      ScenarioReport.check("still-usable", calculator.function("add").call(40, 2)[0] == 42, "");
    }
    ScenarioReport.thrown("null-module", () -> Wasm.validate((byte[]) null));
    ScenarioReport.thrown("negative-fuel", () -> InstanceOptions.defaults().withFuel(-1));
    ScenarioReport.thrown("start-traps", () -> open(SampleModules.startsWithTrap()));
  }

  private static void hosts() {
    ScenarioReport.thrown("missing-import", () -> open(SampleModules.importer("env", "missing")));
    ScenarioReport.thrown("missing-host", () -> open(SampleModules.asker()));
    IllegalStateException mine = new IllegalStateException("thrown by the host");
    InstanceOptions throwing =
        InstanceOptions.defaults()
            .withHost(
                "host",
                "call",
                LongUnaryOperator.class,
                argument -> {
                  throw mine;
                });
    try (WasmInstance asker = WasmInstance.open(SampleModules.asker(), throwing)) {
      asker.function("ask").call(1);
      ScenarioReport.check("throwing-host", false, "nothing was thrown");
    } catch (IllegalStateException e) {
      ScenarioReport.check("throwing-host", e == mine, e);
    }
    WasmInstance[] self = new WasmInstance[1];
    InstanceOptions reentrant =
        InstanceOptions.defaults()
            .withHost(
                "host",
                "call",
                FunctionType.parse("(i64) -> (i64)"),
                (instance, args) -> self[0].function("ask").call(args));
    self[0] = WasmInstance.open(SampleModules.asker(), reentrant);
    ScenarioReport.thrown("reentrant", () -> self[0].function("ask").call(1));
    self[0].close();
  }

  private static void closed() throws Exception {
    WasmInstance instance = open(SampleModules.calculator());
    Thread other = new Thread(instance::close);
    other.start();
    other.join();
    ScenarioReport.thrown("closed-elsewhere", () -> instance.function("answer").call());
    instance.close();
    WasmInstance next = open(SampleModules.calculator());
    ScenarioReport.thrown("closed-and-reused", () -> instance.function("answer").call());
    ScenarioReport.check("next-unharmed", next.function("answer").call()[0] == 42, "");
    next.close();
  }

  private static WasmInstance open(byte[] module) {
    return WasmInstance.open(module, InstanceOptions.defaults().withFuel(1_000_000));
  }
}
