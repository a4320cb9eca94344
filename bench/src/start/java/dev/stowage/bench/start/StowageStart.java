package dev.stowage.bench.start;

import dev.stowage.loader.NativeLibrary;

/**
 * Stowage's loader on a binding of a core alone. Usage: {@code StowageStart <class of the API>
 * <binding>}.
 */
public final class StowageStart {
  private StowageStart() {}

  public static void main(String[] args) throws ClassNotFoundException {
    Class<?> api = Class.forName(args[0], false, StowageStart.class.getClassLoader());
    long start = System.nanoTime();
    NativeLibrary.of(api).require(args[1]);
    System.out.println("NANOS " + (System.nanoTime() - start));
  }
}
