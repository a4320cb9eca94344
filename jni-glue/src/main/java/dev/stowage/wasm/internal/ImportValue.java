package dev.stowage.wasm.internal;

import dev.stowage.wasm.FunctionType;
import dev.stowage.wasm.HostFunction;
import dev.stowage.wasm.ModuleDescription.Kind;

/** One value that the options offer for a module's imports: function, global, memory or table. */
public final class ImportValue {
  private final String module;
  private final String name;
  private final Kind kind;
  private final String type;
  private final long slot;

  /** Null unless {@link #kind} is a function. */
  final HostFunction function;

  /** Null unless {@link #kind} is a function. */
  final FunctionType functionType;

  private ImportValue(
      String module,
      String name,
      Kind kind,
      String type,
      long slot,
      HostFunction function,
      FunctionType functionType) {
    this.module = encodable("module", module);
    this.name = encodable("name", name);
    this.kind = kind;
    this.type = encodable("type", type);
    this.slot = slot;
    this.function = function;
    this.functionType = functionType;
  }

  /** Returns a function; the names must be valid Unicode, as in all three methods. */
  public static ImportValue function(
      String module, String name, FunctionType type, HostFunction function) {
    return new ImportValue(module, name, Kind.FUNC, type.toString(), 0, function, type);
  }

  /** Returns a global with its first value. */
  public static ImportValue global(String module, String name, String type, long slot) {
    return new ImportValue(module, name, Kind.GLOBAL, type, slot, null, null);
  }

  /** Returns a memory or a table. */
  public static ImportValue other(String module, String name, Kind kind, String type) {
    return new ImportValue(module, name, kind, type, 0, null, null);
  }

  /** Writes one entry of the import list of {@code swr_instance_open}. */
  void write(RecordWriter out) {
    out.str("module", module).str("name", name).u8(kind.ordinal()).str("type", type);
    if (kind == Kind.GLOBAL) {
      out.u64(slot);
    }
  }

  @Override
  public String toString() {
    return module + "." + name;
  }

  /** Reports text that has no UTF-8 form here, where the caller's stack shows its origin. */
  private static String encodable(String what, String text) {
    byte[] unused = Utf8.of(what, text);
    return text;
  }
}
