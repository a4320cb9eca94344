package dev.stowage.it.spec;

import dev.stowage.wasm.FunctionType;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.ValueType;
import java.util.List;

/**
 * The module "spectest" that the tests import, as in the interpreter of the specification
 * (interpreter/host/spectest.ml). Each instance gets its own copy.
 */
final class Spectest {
  private static final String NAME = "spectest";
  private static final List<String> PRINTS =
      List.of("", "i32", "i64", "f32", "f64", "i32_f32", "f64_f64");

  static final InstanceOptions OPTIONS = options();

  private Spectest() {}

  private static InstanceOptions options() {
    InstanceOptions options =
        InstanceOptions.defaults()
            .withGlobal(NAME, "global_i32", "i32", 666)
            .withGlobal(NAME, "global_i64", "i64", 666)
            .withGlobal(NAME, "global_f32", "f32", ValueType.F32.parse("666.6"))
            .withGlobal(NAME, "global_f64", "f64", ValueType.F64.parse("666.6"))
            .withMemory(NAME, "memory", "1..2 pages")
            .withTable(NAME, "table", "funcref 10..20");
    for (String types : PRINTS) {
      String name = types.isEmpty() ? "print" : "print_" + types;
      FunctionType type = FunctionType.parse("(" + types.replace('_', ',') + ") -> ()");
      options = options.withHost(NAME, name, type, (instance, arguments) -> new long[0]);
    }
    return options;
  }
}
