package dev.stowage.bench.start;

import com.sun.jna.NativeLibrary;

/** The same by JNA, which loads a library of its own first and extracts at each start. */
public final class JnaStart {
  private JnaStart() {}

  public static void main(String[] args) {
    long start = System.nanoTime();
    NativeLibrary.getInstance(args[0]);
    System.out.println("NANOS " + (System.nanoTime() - start));
  }
}
