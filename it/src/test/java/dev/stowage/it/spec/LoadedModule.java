package dev.stowage.it.spec;

import dev.stowage.wasm.ModuleDescription;
import dev.stowage.wasm.ModuleDescription.Export;
import dev.stowage.wasm.WasmFunction;
import dev.stowage.wasm.WasmInstance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An instance of a test's module, or the reason why there is none. */
final class LoadedModule {
  private final ModuleDescription description;
  private final WasmInstance instance;
  private final List<LoadedModule> importers = new ArrayList<>();
  private String reason;
  private final Map<String, WasmFunction> functions = new HashMap<>();

  LoadedModule(ModuleDescription description, WasmInstance instance) {
    this.description = description;
    this.instance = instance;
  }

  private LoadedModule(String reason) {
    this.description = null;
    this.instance = null;
    this.reason = reason;
  }

  static LoadedModule none(String reason) {
    return new LoadedModule(reason);
  }

  /** Records that a module imports from this one, so that its behaviour depends on this one. */
  void importedBy(LoadedModule module) {
    importers.add(module);
  }

  /** Marks this module, and all that import from it, as unpredictable from now on. */
  void giveUp(String why) {
    if (reason == null) {
      reason = why;
      importers.forEach(importer -> importer.giveUp(why));
    }
  }

  WasmInstance instance() throws Skipped {
    if (reason != null) {
      throw new Skipped(reason);
    }
    return instance;
  }

  WasmFunction function(String name) throws Skipped {
    instance();
    WasmFunction found = functions.get(name);
    if (found == null) {
      Export export = export(name);
      if (export != null) {
        Value.mustBeNumbers(export.type());
      }
      found = instance.function(name);
      functions.put(name, found);
    }
    return found;
  }

  /** The export of that name, or null. */
  Export export(String name) throws Skipped {
    if (description == null) {
      throw new Skipped(reason);
    }
    return description.exports().stream()
        .filter(export -> export.name().equals(name))
        .findFirst()
        .orElse(null);
  }
}
