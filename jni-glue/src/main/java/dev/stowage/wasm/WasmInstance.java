package dev.stowage.wasm;

import dev.stowage.loader.StowageLinkError;
import java.util.Objects;

/**
 * A running WebAssembly module with its own memory, in the Rust core.
 *
 * <p>May be used from any thread; calls from several threads run one after the other. {@link
 * #close} frees the native memory, and nothing else does. Every method of a closed instance throws
 * {@code CLOSED}, on whichever thread it was closed.
 *
 * @since 0.1.0
 */
public final class WasmInstance implements AutoCloseable {
  private final long handle;
  private final HostFunction host;

  private WasmInstance(long handle, HostFunction host) {
    this.handle = handle;
    this.host = host;
  }

  /**
   * Validates a module, makes an instance of it and runs its start function.
   *
   * @param module copied; may be changed after the call
   * @throws WasmException {@code INVALID_MODULE}, {@code MISSING_IMPORT}, {@code TOO_LARGE}; {@code
   *     TRAP}, {@code OUT_OF_FUEL} and {@code HOST} from the start function; whatever the host
   *     function throws comes out unchanged
   * @throws NullPointerException if {@code module} or {@code options} is null
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded; see {@code
   *     docs/troubleshooting.md}
   */
  public static WasmInstance open(byte[] module, InstanceOptions options) {
    Objects.requireNonNull(module, "module");
    RustNative.require();
    HostFunction host = options.host();
    return new WasmInstance(RustNative.instanceOpen(module, options.fuel(), host), host);
  }

  /**
   * Calls an exported function whose parameters are all {@code i64}.
   *
   * @return its {@code i64} result, or 0 if it has none
   * @throws WasmException {@code UNKNOWN_EXPORT}, {@code WRONG_ARGUMENTS}, {@code TRAP}, {@code
   *     OUT_OF_FUEL}, {@code HOST}, {@code BUSY}, {@code CLOSED}; {@code INVALID_ARGUMENT} if the
   *     name holds a lone surrogate; whatever the host function throws comes out unchanged
   * @throws NullPointerException if {@code export} or {@code args} is null
   */
  public long call(String export, long... args) {
    Objects.requireNonNull(args, "args");
    return RustNative.instanceCall(handle, Text.utf8("export name", export), args, host);
  }

  /**
   * Frees the native memory; never waits. A call that runs on another thread finishes first, those
   * that wait for their turn get {@code CLOSED}. Closing again does nothing.
   */
  @Override
  public void close() {
    RustNative.instanceClose(handle);
  }
}
