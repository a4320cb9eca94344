package dev.stowage.it.scenario;

import dev.stowage.wasm.WasmRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Faults that HotSpot turns into exceptions by means of signals, with the Go core loaded, whose
 * handlers see each of them first; on threads that have called Go, which gives them Go's small
 * signal stack, and on threads that have not.
 */
public final class Storm {
  private static final int NULLS = 20_000;
  private static final int OVERFLOWS = 300;
  private static final int THREADS = 4;

  /** Always null, 0 and true; not constants, so that the faults are made and not folded away. */
  private static volatile String nothing;

  private static volatile int zero;
  private static volatile boolean deep = true;

  private Storm() {}

  /** No arguments. */
  public static void main(String[] args) throws Exception {
    Report.ok("go", WasmRegistry.version());
    AtomicLong caught = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      boolean callsGo = i % 2 == 0;
      threads.add(new Thread(() -> caught.addAndGet(storm(callsGo))));
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long expected = (long) THREADS * (2 * NULLS + OVERFLOWS);
    Report.check("caught", caught.get() == expected, caught + " of " + expected);
    Report.ok("rust-after", UsesBoth.rust());
    Report.ok("go-after", UsesBoth.go());
  }

  private static long storm(boolean callsGo) {
    long caught = 0;
    for (int i = 0; i < NULLS; i++) {
      if (callsGo && i % 100 == 0) {
        WasmRegistry.version();
      }
      caught += nullPointer() + divideByZero();
      if (i % (NULLS / OVERFLOWS) == 0 && i / (NULLS / OVERFLOWS) < OVERFLOWS) {
        caught += overflow();
      }
    }
    return caught;
  }

  private static int nullPointer() {
    try {
      return -nothing.length();
    } catch (NullPointerException e) {
      return 1;
    }
  }

  private static int divideByZero() {
    try {
      return -(1 / zero);
    } catch (ArithmeticException e) {
      return 1;
    }
  }

  private static int overflow() {
    try {
      return -deeper(1);
    } catch (StackOverflowError e) {
      return 1;
    }
  }

  private static int deeper(int depth) {
    return deep ? deeper(depth + 1) + 1 : depth;
  }
}
