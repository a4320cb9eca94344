package dev.stowage.it.spec;

import dev.stowage.wasm.ModuleDescription;
import dev.stowage.wasm.ModuleDescription.Export;
import dev.stowage.wasm.WasmFunction;
import dev.stowage.wasm.WasmInstance;
import java.util.HashMap;
import java.util.Map;

/** An instance of a test's module, or the reason why there is none. */
final class Loaded {
  private final ModuleDescription description;
  private final WasmInstance instance;
  private final String reason;
  private final Map<String, WasmFunction> functions = new HashMap<>();

  Loaded(ModuleDescription description, WasmInstance instance) {
    this.description = description;
    this.instance = instance;
    this.reason = null;
  }

  private Loaded(String reason) {
    this.description = null;
    this.instance = null;
    this.reason = reason;
  }

  static Loaded none(String reason) {
    return new Loaded(reason);
  }

  WasmInstance instance() throws Skipped {
    if (instance == null) {
      throw new Skipped(reason);
    }
    return instance;
  }

  WasmFunction function(String name) throws Skipped {
    WasmFunction found = functions.get(name);
    if (found == null) {
      Export export = export(name);
      if (export != null && export.type().contains("ref")) {
        throw new Skipped("references do not cross the API");
      }
      found = instance().function(name);
      functions.put(name, found);
    }
    return found;
  }

  /** The export of that name, or null. */
  Export export(String name) throws Skipped {
    instance();
    return description.exports().stream()
        .filter(export -> export.name().equals(name))
        .findFirst()
        .orElse(null);
  }
}
