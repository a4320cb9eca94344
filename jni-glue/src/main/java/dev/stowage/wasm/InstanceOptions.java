package dev.stowage.wasm;

import dev.stowage.wasm.ModuleDescription.Kind;
import dev.stowage.wasm.internal.FunctionalSignature;
import dev.stowage.wasm.internal.HostFunctions;
import dev.stowage.wasm.internal.ImportValue;
import dev.stowage.wasm.internal.InstanceLimits;
import dev.stowage.wasm.internal.WasmErrors;
import dev.stowage.wasm.internal.WasmMessages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * The limits of an instance, and the values that its module may import. Immutable; each {@code
 * with} method returns a changed copy. May be used for any number of instances: each gets tables,
 * memories and globals of its own.
 *
 * <pre>{@code
 * InstanceOptions options =
 *     InstanceOptions.defaults()
 *         .withFuel(1_000_000)
 *         .withHost("host", "call", LongUnaryOperator.class, n -> 2 * n);
 * try (WasmInstance instance = WasmInstance.open(calculator, options)) {
 *   System.out.println(instance.function("callHost").call(21)[0]); // 42
 * }
 * }</pre>
 *
 * <p>Types are written as {@link ModuleDescription} shows them. Values that the module does not
 * import are ignored. An import that is missing here, or has another type, makes {@link
 * WasmInstance#open} fail with {@code MISSING_IMPORT}.
 *
 * @since 0.1.0
 */
public final class InstanceOptions {
  /**
   * Fuel of a call unless set otherwise, in units of the interpreter wasmi, about one per simple
   * instruction: an endless loop ends after seconds instead of never.
   */
  public static final long DEFAULT_FUEL = 1_000_000_000L;

  /** Pages of 64 KiB that all memories of an instance may have together unless set otherwise. */
  public static final long DEFAULT_MEMORY_PAGES = 4096;

  /** Elements that all tables of an instance may have together unless set otherwise. */
  public static final long DEFAULT_TABLE_ELEMENTS = 10_000_000;

  /** Nested calls unless set otherwise. */
  public static final int DEFAULT_CALL_DEPTH = 10_000;

  private static final InstanceOptions DEFAULTS =
      new InstanceOptions(
          InstanceLimits.DEFAULTS, Collections.<ImportValue>emptyList(), null, null);

  private final InstanceLimits limits;
  private final List<ImportValue> imports;
  private final WasiOptions wasi;
  private final CancelToken cancelToken;

  private InstanceOptions(
      InstanceLimits limits, List<ImportValue> imports, WasiOptions wasi, CancelToken cancelToken) {
    this.limits = limits;
    this.imports = imports;
    this.wasi = wasi;
    this.cancelToken = cancelToken;
  }

  /** Returns options with the default limits and no imports. */
  public static InstanceOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Sets the budget of each call; opening counts as a call, because it runs the module's start
   * function.
   *
   * @param fuel in wasmi's units; 0 lets nothing run
   * @throws WasmException {@code INVALID_ARGUMENT} if it is negative
   */
  public InstanceOptions withFuel(long fuel) {
    return with(limits.withFuel(fuel));
  }

  /**
   * Limits the total size of the memories of the instance. A module that starts with more is
   * refused with {@code TOO_LARGE}; beyond the limit {@code memory.grow} returns -1.
   *
   * @param pages of 64 KiB
   * @throws WasmException {@code INVALID_ARGUMENT} if it is negative
   */
  public InstanceOptions withMemoryPages(long pages) {
    return with(limits.withMemoryPages(pages));
  }

  /**
   * Limits the total number of table elements of the instance, otherwise like {@link
   * #withMemoryPages}.
   *
   * @throws WasmException {@code INVALID_ARGUMENT} if it is negative
   */
  public InstanceOptions withTableElements(long elements) {
    return with(limits.withTableElements(elements));
  }

  /**
   * Limits the depth of nested calls; a deeper one ends with {@code CALL_DEPTH}. It does not depend
   * on the stack of the Java thread.
   *
   * @throws WasmException {@code INVALID_ARGUMENT} if it is negative; {@link WasmInstance#open}
   *     throws it, with the core's limit, for more than that
   */
  public InstanceOptions withCallDepth(int calls) {
    return with(limits.withCallDepth(calls));
  }

  /**
   * Offers a function of any type.
   *
   * @throws WasmException {@code INVALID_ARGUMENT} if a name holds a lone surrogate
   * @throws NullPointerException if an argument is null
   */
  public InstanceOptions withHost(
      String module, String name, FunctionType type, HostFunction function) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(function, "function");
    return with(ImportValue.function(module, name, type, function));
  }

  /**
   * Offers a function with the type of a functional interface: {@code int} is {@code i32}, {@code
   * long} is {@code i64}, {@code float} is {@code f32}, {@code double} is {@code f64}, {@code void}
   * means no result.
   *
   * @param type like {@code LongUnaryOperator.class} or an interface of your own
   * @throws WasmException {@code INVALID_ARGUMENT} if {@code type} is not such an interface, or if
   *     a name holds a lone surrogate
   * @throws NullPointerException if an argument is null
   */
  public <T> InstanceOptions withHost(String module, String name, Class<T> type, T function) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(function, "function");
    FunctionalSignature signature = FunctionalSignature.of(type);
    if (signature.returnsSlots()) {
      throw WasmErrors.invalid(WasmMessages.hostWithoutResultTypes(type));
    }
    return withHost(module, name, signature.type(), signature.host(function));
  }

  /**
   * Offers a global.
   *
   * @param type like {@code i32}, or {@code mut i32} if the module may change it
   * @param slot its first value, see {@link ValueType}
   * @throws WasmException {@code INVALID_ARGUMENT} if a text holds a lone surrogate; {@link
   *     WasmInstance#open} throws it for an invalid type
   * @throws NullPointerException if an argument is null
   */
  public InstanceOptions withGlobal(String module, String name, String type, long slot) {
    return with(ImportValue.global(module, name, type, slot));
  }

  /**
   * Offers a memory. {@link WasmInstance#memory} finds it as {@code module.name}.
   *
   * @param type like {@code 1..16 pages} or {@code 1.. pages}
   * @throws WasmException as {@link #withGlobal}
   * @throws NullPointerException if an argument is null
   */
  public InstanceOptions withMemory(String module, String name, String type) {
    return with(ImportValue.other(module, name, Kind.MEMORY, type));
  }

  /**
   * Offers a table.
   *
   * @param type like {@code funcref 1..10} or {@code externref 0..}
   * @throws WasmException as {@link #withGlobal}
   * @throws NullPointerException if an argument is null
   */
  public InstanceOptions withTable(String module, String name, String type) {
    return with(ImportValue.other(module, name, Kind.TABLE, type));
  }

  /** Offers WASI preview 1, so that the module can be a program. See {@link WasmInstance#run}. */
  public InstanceOptions withWasi(WasiOptions wasi) {
    return new InstanceOptions(limits, imports, Objects.requireNonNull(wasi, "wasi"), cancelToken);
  }

  /**
   * Sets the token that cancels opening, and each call of a function that has no token of its own.
   * The caller closes it after the last call.
   */
  public InstanceOptions withCancelToken(CancelToken cancelToken) {
    return new InstanceOptions(
        limits, imports, wasi, Objects.requireNonNull(cancelToken, "cancelToken"));
  }

  InstanceLimits limits() {
    return limits;
  }

  /** Returns the callbacks of a new instance. */
  HostFunctions hostFunctions() {
    return wasi == null
        ? new HostFunctions(imports, null, null)
        : new HostFunctions(imports, wasi.stdout(), wasi.stderr());
  }

  /** Returns the {@code wasi} record of {@code swr_instance_open}. */
  byte[] wasiRecord() {
    return wasi == null ? new byte[0] : wasi.record();
  }

  CancelToken cancelToken() {
    return cancelToken;
  }

  private InstanceOptions with(InstanceLimits changed) {
    return new InstanceOptions(changed, imports, wasi, cancelToken);
  }

  private InstanceOptions with(ImportValue value) {
    List<ImportValue> all = new ArrayList<ImportValue>(imports);
    all.add(value);
    return new InstanceOptions(limits, all, wasi, cancelToken);
  }
}
