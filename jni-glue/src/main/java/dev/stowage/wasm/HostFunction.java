package dev.stowage.wasm;

/**
 * What a module imports as {@code host.call}, of type {@code (i64) -> (i64)}.
 *
 * @since 0.1.0
 */
public interface HostFunction {
  /**
   * Called on the thread that called the instance, while that call waits. Anything thrown stops the
   * module and comes out of the outer call as the same object. Calling the same instance from here
   * is refused with {@code BUSY}; other instances may be called.
   */
  long call(long argument);
}
