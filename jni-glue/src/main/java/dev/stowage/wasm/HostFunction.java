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
   *
   * <p>Must not wait for another thread that calls the same instance: that call waits for this one
   * to return. Nobody detects it; both threads would hang.
   *
   * @param argument what the module passed
   * @return what the module gets back
   */
  long call(long argument);
}
