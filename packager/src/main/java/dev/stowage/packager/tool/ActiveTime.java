package dev.stowage.packager.tool;

/** Measures the total time during which at least one of several tasks is active. */
final class ActiveTime {
  private int going;
  private long since;
  private long total;

  synchronized void enter() {
    if (going++ == 0) {
      since = System.nanoTime();
    }
  }

  synchronized void leave() {
    if (--going == 0) {
      total += System.nanoTime() - since;
    }
  }

  synchronized long nanos() {
    return going == 0 ? total : total + System.nanoTime() - since;
  }
}
