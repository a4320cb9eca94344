package dev.stowage.wasm;

import java.util.Objects;

/**
 * How an instance runs. Immutable; each {@code with} method returns a changed copy.
 *
 * @since 0.1.0
 */
public final class InstanceOptions {
  /**
   * Fuel of a call unless set otherwise, in units of the interpreter wasmi, about one per simple
   * instruction: an endless loop ends after seconds instead of never.
   */
  public static final long DEFAULT_FUEL = 1_000_000_000L;

  private static final InstanceOptions DEFAULTS = new InstanceOptions(DEFAULT_FUEL, null);

  private final long fuel;
  private final HostFunction host;

  private InstanceOptions(long fuel, HostFunction host) {
    this.fuel = fuel;
    this.host = host;
  }

  /** Returns options with {@link #DEFAULT_FUEL} and no host function. */
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
    if (fuel < 0) {
      throw Failures.invalid(Messages.negativeFuel(fuel));
    }
    return new InstanceOptions(fuel, host);
  }

  /** Sets what the module imports as {@code host.call}. */
  public InstanceOptions withHost(HostFunction host) {
    return new InstanceOptions(fuel, Objects.requireNonNull(host, "host"));
  }

  /** Returns the budget of each call, in wasmi's units. */
  public long fuel() {
    return fuel;
  }

  /** Returns the host function, or null if none was set. */
  public HostFunction host() {
    return host;
  }
}
