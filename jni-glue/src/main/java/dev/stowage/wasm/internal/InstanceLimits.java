package dev.stowage.wasm.internal;

import dev.stowage.wasm.InstanceOptions;

/** The limits of one instance, in the units of {@link InstanceOptions}. */
public final class InstanceLimits {
  public static final InstanceLimits DEFAULTS =
      new InstanceLimits(
          InstanceOptions.DEFAULT_FUEL,
          InstanceOptions.DEFAULT_MEMORY_PAGES,
          InstanceOptions.DEFAULT_TABLE_ELEMENTS,
          InstanceOptions.DEFAULT_CALL_DEPTH);

  public final long fuel;
  public final long memoryPages;
  public final long tableElements;
  public final int callDepth;

  private InstanceLimits(long fuel, long memoryPages, long tableElements, int callDepth) {
    this.fuel = notNegative("fuel", fuel);
    this.memoryPages = notNegative("memory pages", memoryPages);
    this.tableElements = notNegative("table elements", tableElements);
    this.callDepth = (int) notNegative("call depth", callDepth);
  }

  public InstanceLimits withFuel(long value) {
    return new InstanceLimits(value, memoryPages, tableElements, callDepth);
  }

  public InstanceLimits withMemoryPages(long value) {
    return new InstanceLimits(fuel, value, tableElements, callDepth);
  }

  public InstanceLimits withTableElements(long value) {
    return new InstanceLimits(fuel, memoryPages, value, callDepth);
  }

  public InstanceLimits withCallDepth(int value) {
    return new InstanceLimits(fuel, memoryPages, tableElements, value);
  }

  private static long notNegative(String what, long value) {
    if (value < 0) {
      throw WasmErrors.invalid(WasmMessages.negative(what, value));
    }
    return value;
  }
}
