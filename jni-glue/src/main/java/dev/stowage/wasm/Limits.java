package dev.stowage.wasm;

/** What one instance may use; the units are those of {@link InstanceOptions}. */
final class Limits {
  static final Limits DEFAULTS =
      new Limits(
          InstanceOptions.DEFAULT_FUEL,
          InstanceOptions.DEFAULT_MEMORY_PAGES,
          InstanceOptions.DEFAULT_TABLE_ELEMENTS,
          InstanceOptions.DEFAULT_CALL_DEPTH);

  final long fuel;
  final long memoryPages;
  final long tableElements;
  final int callDepth;

  private Limits(long fuel, long memoryPages, long tableElements, int callDepth) {
    this.fuel = notNegative("fuel", fuel);
    this.memoryPages = notNegative("memory pages", memoryPages);
    this.tableElements = notNegative("table elements", tableElements);
    this.callDepth = (int) notNegative("call depth", callDepth);
  }

  Limits withFuel(long value) {
    return new Limits(value, memoryPages, tableElements, callDepth);
  }

  Limits withMemoryPages(long value) {
    return new Limits(fuel, value, tableElements, callDepth);
  }

  Limits withTableElements(long value) {
    return new Limits(fuel, memoryPages, value, callDepth);
  }

  Limits withCallDepth(int value) {
    return new Limits(fuel, memoryPages, tableElements, value);
  }

  private static long notNegative(String what, long value) {
    if (value < 0) {
      throw Failures.invalid(Messages.negative(what, value));
    }
    return value;
  }
}
