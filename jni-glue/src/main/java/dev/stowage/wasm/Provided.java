package dev.stowage.wasm;

import dev.stowage.wasm.ModuleDescription.Kind;

/** One thing that the options offer to a module. */
final class Provided {
  private final String module;
  private final String name;
  private final Kind kind;
  private final String type;
  private final long slot;

  /** Null unless {@link #kind} is a function. */
  final HostFunction function;

  /** Null unless {@link #kind} is a function. */
  final FunctionType functionType;

  private Provided(
      String module,
      String name,
      Kind kind,
      String type,
      long slot,
      HostFunction function,
      FunctionType functionType) {
    this.module = text("module", module);
    this.name = text("name", name);
    this.kind = kind;
    this.type = text("type", type);
    this.slot = slot;
    this.function = function;
    this.functionType = functionType;
  }

  static Provided function(String module, String name, FunctionType type, HostFunction function) {
    return new Provided(module, name, Kind.FUNC, type.toString(), 0, function, type);
  }

  static Provided global(String module, String name, String type, long slot) {
    return new Provided(module, name, Kind.GLOBAL, type, slot, null, null);
  }

  static Provided other(String module, String name, Kind kind, String type) {
    return new Provided(module, name, kind, type, 0, null, null);
  }

  /** One entry of the import list of {@code swr_instance_open}. */
  void write(Records out) {
    out.str("module", module).str("name", name).u8(kind.ordinal()).str("type", type);
    if (kind == Kind.GLOBAL) {
      out.u64(slot);
    }
  }

  @Override
  public String toString() {
    return module + "." + name;
  }

  /** Refuses now what could not cross later. */
  private static String text(String what, String text) {
    byte[] unused = Text.utf8(what, text);
    return text;
  }
}
