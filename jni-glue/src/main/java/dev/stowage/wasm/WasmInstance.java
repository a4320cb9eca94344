package dev.stowage.wasm;

import dev.stowage.loader.StowageLinkError;
import dev.stowage.wasm.internal.BufferRange;
import dev.stowage.wasm.internal.HostFunctions;
import dev.stowage.wasm.internal.InstanceLimits;
import dev.stowage.wasm.internal.Reclaimer;
import dev.stowage.wasm.internal.RustNative;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A running WebAssembly module with its own memory, in the Rust core.
 *
 * <pre>{@code
 * InstanceOptions options =
 *     InstanceOptions.defaults().withHost("host", "call", LongUnaryOperator.class, n -> 2 * n);
 * try (WasmInstance instance = WasmInstance.open(calculator, options)) {
 *   LongBinaryOperator add = instance.function("add").as(LongBinaryOperator.class);
 *   System.out.println(add.applyAsLong(40, 2)); // 42
 * }
 * }</pre>
 *
 * <p>May be used from any thread; calls from several threads run one after the other, in no
 * particular order. A call that would wait for itself, from a host function or a view of the same
 * instance, is refused with {@code BUSY}. Every method of a closed instance throws {@code CLOSED},
 * on whichever thread it was closed.
 *
 * <p>After a failure the instance stays usable, and its memory is as the failed call left it; after
 * {@code PANIC} it can only be closed.
 *
 * <p>{@link #close} frees the native memory. An instance that is dropped instead is freed when the
 * garbage collector finds it, and counted in {@link Wasm#reclaimed}: the collector does not see its
 * size, so this may be much too late.
 *
 * @since 0.1.0
 */
public final class WasmInstance implements AutoCloseable {
  final HostFunctions hosts;
  final CancelToken token;
  private volatile Reclaimer.Entry net;

  private WasmInstance(HostFunctions hosts, CancelToken token) {
    this.hosts = hosts;
    this.token = token;
  }

  /**
   * Validates a module, makes an instance of it and runs its start function.
   *
   * @param module copied; may be changed after the call
   * @throws WasmException {@code INVALID_MODULE}, {@code MISSING_IMPORT}, {@code TOO_LARGE}; from
   *     the start function what {@link WasmFunction#call} throws; {@code INVALID_ARGUMENT} if the
   *     options offer something twice or a type is invalid; {@code CLOSED} for the token
   * @throws NullPointerException if {@code module} or {@code options} is null
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded; see {@code
   *     docs/troubleshooting.md}
   */
  public static WasmInstance open(byte[] module, InstanceOptions options) {
    return open(ByteBuffer.wrap(Objects.requireNonNull(module, "module")), options);
  }

  /**
   * Opens the module between position and limit, which stay as they are. A direct buffer is read in
   * place: it must not be written to, nor its {@code Arena} closed, until this returns.
   *
   * @throws WasmException as {@link #open(byte[], InstanceOptions)}
   * @throws IllegalStateException if the {@code Arena} of the buffer is closed
   * @throws NullPointerException if {@code module} or {@code options} is null
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static WasmInstance open(ByteBuffer module, InstanceOptions options) {
    Objects.requireNonNull(module, "module");
    Objects.requireNonNull(options, "options");
    RustNative.require(WasmInstance.class);
    BufferRange bytes = new BufferRange(module);
    HostFunctions hosts = options.hostFunctions();
    WasmInstance instance = new WasmInstance(hosts, options.cancelToken());
    hosts.serve(instance);
    InstanceLimits limits = options.limits();
    long handle =
        RustNative.instanceOpen(
            bytes.array,
            bytes.direct,
            bytes.offset,
            bytes.length,
            limits.fuel,
            limits.memoryPages,
            limits.tableElements,
            limits.callDepth,
            hosts.importList(),
            options.wasiRecord(),
            instance.token == null ? 0 : instance.token.rust(),
            hosts,
            hosts.callBuffer);
    instance.net = Reclaimer.register(instance, () -> RustNative.instanceClose(handle));
    hosts.opened(handle);
    return instance;
  }

  /**
   * Finds an exported function. Look it up once and call it often.
   *
   * @throws WasmException {@code UNKNOWN_EXPORT}, with a list of the functions; {@code
   *     WRONG_ARGUMENTS} if its type has other types than numbers; {@code INVALID_ARGUMENT} if the
   *     name holds a lone surrogate; {@code BUSY}, {@code CLOSED}
   * @throws NullPointerException if {@code name} is null
   */
  public WasmFunction function(String name) {
    return WasmFunction.find(this, name);
  }

  /**
   * Finds an exported memory, or one that the options offered, as {@code module.name}.
   *
   * @throws WasmException {@code UNKNOWN_EXPORT}; {@code INVALID_ARGUMENT} if the name holds a lone
   *     surrogate; {@code BUSY}, {@code CLOSED}
   * @throws NullPointerException if {@code name} is null
   */
  public WasmMemory memory(String name) {
    return new WasmMemory(this, name);
  }

  /**
   * Finds an exported global, or one that the options offered, as {@code module.name}.
   *
   * @throws WasmException {@code UNKNOWN_EXPORT}; {@code WRONG_ARGUMENTS} if its type is not a
   *     number type; {@code INVALID_ARGUMENT} if the name holds a lone surrogate; {@code BUSY},
   *     {@code CLOSED}
   * @throws NullPointerException if {@code name} is null
   */
  public WasmGlobal global(String name) {
    return WasmGlobal.find(this, name);
  }

  /**
   * Runs a WASI program: calls its {@code _start}. Call this once per instance, because a program
   * cannot start again.
   *
   * @return its exit code; 0 if it ended without one
   * @throws WasmException as {@link WasmFunction#call}; {@code UNKNOWN_EXPORT} if it is not a
   *     program
   */
  public int run() {
    return run(token);
  }

  /**
   * Runs a WASI program on another thread, like {@link WasmFunction#callAsync(long...)}.
   *
   * @return completes with the exit code
   */
  public CompletableFuture<Integer> runAsync() {
    return CancelToken.runAsync(null, token, this::run);
  }

  private int run(CancelToken with) {
    long cancel = with == null ? 0 : with.rust();
    return RustNative.instanceRun(this, handle(), cancel, hosts, hosts.callBuffer);
  }

  /**
   * Frees the native memory and never waits: a call that is running on another thread finishes
   * first, and waiting calls throw {@code CLOSED}. Closing again does nothing.
   */
  @Override
  public void close() {
    Reclaimer.Entry entry = net;
    if (entry == null) {
      // The start function called a host function, which closes the instance before open returns.
      RustNative.instanceClose(handle());
    } else {
      entry.close();
    }
  }

  /** Returns the handle in the core. */
  long handle() {
    return hosts.handle();
  }
}
