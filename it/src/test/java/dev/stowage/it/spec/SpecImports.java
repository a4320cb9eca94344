package dev.stowage.it.spec;

import dev.stowage.wasm.FunctionType;
import dev.stowage.wasm.HostFunction;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.ModuleDescription;
import dev.stowage.wasm.ModuleDescription.Export;
import dev.stowage.wasm.ModuleDescription.Import;
import dev.stowage.wasm.ModuleDescription.Kind;
import dev.stowage.wasm.WasmFunction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The imports for the modules of a test file: "spectest" and the registered modules. */
final class SpecImports {
  private static final String SHARED =
      "instances of the API do not share memories, tables and mutable globals";
  private static final String CHANGED =
      "a module that was skipped would have changed what it shares with this one";

  private final Map<String, LoadedModule> registered = new HashMap<>();

  void register(String name, LoadedModule module) throws Skipped {
    registered.put(name, module);
    module.instance();
  }

  /**
   * The options to open a module. Each instance has its own memories, tables and globals, so a
   * module that imports a shared one is skipped with the reason. If the module must not link, a new
   * one of the same type is used instead, because it is just as wrong.
   */
  InstanceOptions options(ModuleDescription module, boolean links) throws Skipped {
    InstanceOptions options = Spectest.OPTIONS;
    Set<String> seen = new HashSet<>();
    for (Import wanted : module.imports()) {
      LoadedModule provider = registered.get(wanted.module());
      Export found = provider == null ? null : provider.export(wanted.name());
      // A module may import the same name twice, but it is provided once.
      if (found != null && seen.add(wanted.module() + "\0" + wanted.name())) {
        if (links && found.kind() == wanted.kind()) {
          mustBeCopyable(found, provider);
        }
        options = links ? provide(options, wanted, found, provider) : type(options, wanted, found);
      }
    }
    return options;
  }

  /** Records from which modules an opened module imports. */
  void opened(ModuleDescription description, LoadedModule module) {
    for (Import wanted : description.imports()) {
      LoadedModule provider = registered.get(wanted.module());
      if (provider != null) {
        provider.importedBy(module);
      }
    }
  }

  private static void mustBeCopyable(Export export, LoadedModule provider) throws Skipped {
    boolean shared =
        export.kind() == Kind.MEMORY
            || export.kind() == Kind.TABLE
            || (export.kind() == Kind.GLOBAL && export.type().startsWith("mut "));
    if (shared) {
      provider.giveUp(CHANGED);
      throw new Skipped(SHARED);
    }
  }

  private static InstanceOptions provide(
      InstanceOptions options, Import wanted, Export found, LoadedModule provider) throws Skipped {
    return switch (found.kind()) {
      case FUNC -> {
        WasmFunction function = provider.function(found.name());
        HostFunction call = (instance, arguments) -> function.call(arguments);
        yield options.withHost(wanted.module(), wanted.name(), function.type(), call);
      }
      case GLOBAL -> {
        Value.mustBeNumbers(found.type());
        long value = provider.instance().global(found.name()).get();
        yield options.withGlobal(wanted.module(), wanted.name(), found.type(), value);
      }
      default -> type(options, wanted, found);
    };
  }

  /** A value of the right type that is never used. */
  private static InstanceOptions type(InstanceOptions options, Import wanted, Export found)
      throws Skipped {
    String module = wanted.module();
    String name = wanted.name();
    String type = found.type();
    return switch (found.kind()) {
      case FUNC -> {
        Value.mustBeNumbers(type);
        yield options.withHost(module, name, FunctionType.parse(type), (instance, slots) -> slots);
      }
      case GLOBAL -> {
        Value.mustBeNumbers(type);
        yield options.withGlobal(module, name, type, 0);
      }
      case MEMORY -> options.withMemory(module, name, type);
      case TABLE -> options.withTable(module, name, type);
      case TAG -> throw new Skipped("exception tags do not cross the API");
    };
  }
}
