package dev.stowage.wasm;

/**
 * A function that Java offers to a module, which imports it by {@code module} and {@code name}.
 *
 * <p>Called on the thread that called the instance, while that call waits. Anything it throws stops
 * the module and is thrown by the outer call, as the same object. It may use memories and globals
 * of {@code instance}, and close it (the running call continues); calling one of its functions is
 * refused with {@code BUSY}. Other instances may be called.
 *
 * <p>Must not wait for another thread that calls the same instance: that call waits for this one to
 * return. The deadlock is not detected; both threads would hang.
 *
 * <p>Where the types are known when the program is written, a lambda of a typed functional
 * interface is shorter: see {@link InstanceOptions#withHost(String, String, Class, Object)}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HostFunction {
  /**
   * Does the work of one call.
   *
   * @param instance the caller, also while {@link WasmInstance#open} still runs its start function
   * @param args one slot per parameter, see {@link ValueType}; belongs to this method
   * @return one slot per result of the type; null means no slots
   */
  long[] call(WasmInstance instance, long[] args);
}
