package dev.stowage.wasm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.fixture.Eventually;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReclaimerTest {
  @Test
  void whatIsDroppedIsFreedOnceAndCounted() {
    AtomicInteger freed = new AtomicInteger();
    long before = Wasm.reclaimed();
    for (int i = 0; i < 10; i++) {
      Reclaimer.register(new Object(), freed::incrementAndGet);
    }
    Eventually.until(() -> freed.get() == 10);
    assertThat(Wasm.reclaimed() - before).isEqualTo(10);
  }

  @Test
  void whatIsClosedIsFreedAtOnceAndNotCounted() {
    AtomicInteger freed = new AtomicInteger();
    long before = Wasm.reclaimed();
    Reclaimer.Entry entry = Reclaimer.register(new Object(), freed::incrementAndGet);
    entry.close();
    assertThat(freed).hasValue(1);
    entry.close();
    Eventually.until(() -> thread() == null);
    assertThat(freed).hasValue(1);
    assertThat(Wasm.reclaimed()).isEqualTo(before);
  }

  @Test
  void whatIsInUseStays() throws InterruptedException {
    AtomicInteger freed = new AtomicInteger();
    Object owner = new Object();
    Reclaimer.Entry entry = Reclaimer.register(owner, freed::incrementAndGet);
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    assertThat(freed).hasValue(0);
    assertThat(owner).isNotNull();
    entry.close();
  }

  @Test
  void threadLivesOnlyWhileSomethingIsRegistered() throws InterruptedException {
    Object owner = new Object();
    Reclaimer.Entry entry = Reclaimer.register(owner, () -> {});
    Thread thread = thread();
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getContextClassLoader()).isNull();
    Thread.sleep(2 * Reclaimer.POLL_MILLIS);
    assertThat(thread.isAlive()).isTrue();
    thread.interrupt();
    Thread.sleep(50);
    assertThat(thread.isAlive()).as("after an interrupt").isTrue();
    entry.close();
    Eventually.until(() -> !thread.isAlive());
    Reclaimer.Entry next = Reclaimer.register(owner, () -> {});
    assertThat(thread()).isNotNull().isNotSameAs(thread);
    next.close();
  }

  @Test
  void freeingThatFailsDoesNotEndTheNet() {
    AtomicInteger freed = new AtomicInteger();
    Reclaimer.register(
        new Object(),
        () -> {
          freed.incrementAndGet();
          throw new IllegalStateException("expected in the output of this test");
        });
    Eventually.until(() -> freed.get() == 1);
    Reclaimer.register(new Object(), freed::incrementAndGet);
    Eventually.until(() -> freed.get() == 2);
  }

  private static Thread thread() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().equals(Reclaimer.THREAD))
        .findAny()
        .orElse(null);
  }
}
