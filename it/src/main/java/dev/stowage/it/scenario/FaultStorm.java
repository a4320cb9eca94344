package dev.stowage.it.scenario;

import dev.stowage.wasm.WasmRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Faults that HotSpot turns into exceptions by signals. The Go core is loaded, and its handlers get
 * each signal first. The faults happen on threads that have called Go, which gives them Go's small
 * signal stack, and on others.
 */
public final class FaultStorm {
  private static final int THREADS = 4;

  private static final AtomicLong NULLS = new AtomicLong();
  private static final AtomicLong ZEROS = new AtomicLong();
  private static final AtomicLong OVERFLOWS = new AtomicLong();

  /** Always null, 0 and true. They are not constants, so the compiler cannot remove the faults. */
  private static volatile String nothing;

  private static volatile int zero;
  private static volatile boolean deep = true;

  private FaultStorm() {}

  /**
   * Arguments: the number of null pointers (and as many divisions by zero), and the number of stack
   * overflows.
   */
  public static void main(String[] args) throws Exception {
    int nulls = Integer.parseInt(args[0]) / THREADS;
    int overflows = Integer.parseInt(args[1]) / THREADS;
    ScenarioReport.ok("go", WasmRegistry.version());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      boolean callsGo = i % 2 == 0;
      threads.add(new Thread(() -> storm(nulls, overflows, callsGo)));
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    ScenarioReport.ok("caught", NULLS + " nulls, " + ZEROS + " zeros, " + OVERFLOWS + " overflows");
    ScenarioReport.ok("rust-after", UsesBoth.rust());
    ScenarioReport.ok("go-after", UsesBoth.go());
  }

  private static void storm(int nulls, int overflows, boolean callsGo) {
    int every = nulls / overflows;
    for (int i = 0; i < nulls; i++) {
      if (callsGo && i % 100 == 0) {
        WasmRegistry.version();
      }
      nullPointer();
      divideByZero();
      if (i % every == 0 && i / every < overflows) {
        overflow();
      }
    }
  }

  private static int nullPointer() {
    try {
      return -nothing.length();
    } catch (NullPointerException e) {
      return (int) NULLS.incrementAndGet();
    }
  }

  private static int divideByZero() {
    try {
      return -(1 / zero);
    } catch (ArithmeticException e) {
      return (int) ZEROS.incrementAndGet();
    }
  }

  private static int overflow() {
    try {
      return -deeper(1);
    } catch (StackOverflowError e) {
      return (int) OVERFLOWS.incrementAndGet();
    }
  }

  private static int deeper(int depth) {
    return deep ? deeper(depth + 1) + 1 : depth;
  }
}
