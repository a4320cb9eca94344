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
 * Everything that can be wrong with a module, a call and a host function; each is an exception and
 * nothing stays behind.
 */
public final class BadModules {
  private static final int MEGABYTE = 1 << 20;

  private BadModules() {}

  /** No arguments. */
  public static void main(String[] args) throws Exception {
    bytes();
    calls();
    hosts();
    closed();
    Report.check("handles", Wasm.liveHandles() == 0, Wasm.liveHandles());
    Report.check("bytes", Wasm.nativeBytes() == 0, Wasm.nativeBytes());
    Report.ok("after", UsesBoth.rust());
  }

  private static void bytes() {
    byte[] good = Modules.calculator();
    Report.thrown("empty", () -> Wasm.validate(new byte[0]));
    Report.thrown("header-only-half", () -> Wasm.validate(Arrays.copyOf(good, 4)));
    Report.thrown("truncated", () -> Wasm.validate(Arrays.copyOf(good, good.length - 1)));
    Report.thrown("truncated-open", () -> open(Arrays.copyOf(good, good.length - 1)));
    everyTruncation(good);
    byte[] random = new byte[MEGABYTE];
    new Random(1).nextBytes(random);
    Report.thrown("random", () -> Wasm.validate(random));
    everyFlip(good);
    byte[] zeros = Arrays.copyOf(good, 100 * MEGABYTE);
    Report.thrown("100MB-zeros", () -> Wasm.validate(zeros));
    byte[] large = Modules.padded(100 * MEGABYTE);
    Wasm.validate(large);
    Report.ok("100MB-valid", Wasm.describe(large).exports().size());
    Report.thrown("100MB-truncated", () -> Wasm.validate(Arrays.copyOf(large, large.length - 1)));
  }

  /**
   * A module cut anywhere but between two sections is refused; cut there it may be a smaller valid
   * one.
   */
  private static void everyTruncation(byte[] good) {
    int refused = 0;
    for (int length = 0; length < good.length; length++) {
      refused += refused(Arrays.copyOf(good, length)) ? 1 : 0;
    }
    Report.check("every-truncation", refused >= good.length - 2, refused + " of " + good.length);
  }

  /** One changed bit gives a refusal or another valid module, and never anything else. */
  private static void everyFlip(byte[] good) {
    int refused = 0;
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      refused += refused(bad) ? 1 : 0;
    }
    Report.check("every-flip", refused > 0, refused + " of " + good.length * 8);
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
    try (WasmInstance calculator = open(Modules.calculator())) {
      Report.thrown("trap", () -> calculator.function("trap").call());
      Report.thrown("divide-by-zero", () -> calculator.function("divide").call(1, 0));
      Report.thrown("endless-loop", () -> calculator.function("spin").call());
      Report.thrown("endless-recursion", () -> calculator.function("dive").call());
      Report.thrown("too-few-arguments", () -> calculator.function("add").call(1));
      Report.thrown("too-many-arguments", () -> calculator.function("add").call(new long[100]));
      Report.thrown("narrow-argument", () -> calculator.function("narrow").call(1));
      Report.thrown("unknown-export", () -> calculator.function("ad").call(1, 2));
      Report.thrown("lone-surrogate", () -> calculator.function("a\ud800").call());
      Report.thrown("null-name", () -> calculator.function(null));
      Report.check("still-usable", calculator.function("add").call(40, 2)[0] == 42, "");
    }
    Report.thrown("null-module", () -> Wasm.validate((byte[]) null));
    Report.thrown("negative-fuel", () -> InstanceOptions.defaults().withFuel(-1));
    Report.thrown("start-traps", () -> open(Modules.startsWithTrap()));
  }

  private static void hosts() {
    Report.thrown("missing-import", () -> open(Modules.importer("env", "missing")));
    try (WasmInstance asker = open(Modules.asker())) {
      Report.thrown("missing-host", () -> asker.function("ask").call(1));
    }
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
    try (WasmInstance asker = WasmInstance.open(Modules.asker(), throwing)) {
      asker.function("ask").call(1);
      Report.check("throwing-host", false, "nothing was thrown");
    } catch (IllegalStateException e) {
      Report.check("throwing-host", e == mine, e);
    }
    WasmInstance[] self = new WasmInstance[1];
    InstanceOptions reentrant =
        InstanceOptions.defaults()
            .withHost(
                "host",
                "call",
                FunctionType.parse("(i64) -> (i64)"),
                (instance, args) -> self[0].function("ask").call(args));
    self[0] = WasmInstance.open(Modules.asker(), reentrant);
    Report.thrown("reentrant", () -> self[0].function("ask").call(1));
    self[0].close();
  }

  private static void closed() throws Exception {
    WasmInstance instance = open(Modules.calculator());
    Thread other = new Thread(instance::close);
    other.start();
    other.join();
    Report.thrown("closed-elsewhere", () -> instance.function("answer").call());
    instance.close();
    WasmInstance next = open(Modules.calculator());
    Report.thrown("closed-and-reused", () -> instance.function("answer").call());
    Report.check("next-unharmed", next.function("answer").call()[0] == 42, "");
    next.close();
  }

  private static WasmInstance open(byte[] module) {
    return WasmInstance.open(module, InstanceOptions.defaults().withFuel(1_000_000));
  }
}
