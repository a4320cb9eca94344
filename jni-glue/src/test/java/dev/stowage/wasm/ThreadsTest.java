package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.BUSY;
import static dev.stowage.wasm.WasmException.Code.CANCELED;
import static dev.stowage.wasm.WasmException.Code.CLOSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The thread rules that the classes document. */
@ExtendWith(NoLeaks.class)
class ThreadsTest {
  private static final int ROUNDS = 3000;

  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

  @Test
  void oneInstanceServesManyThreadsOneAfterTheOther() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    InstanceOptions options =
        host(
            n -> {
              assertThat(inside.incrementAndGet()).isEqualTo(1);
              inside.decrementAndGet();
              return 2 * n;
            });
    try (WasmInstance instance = WasmInstance.open(Modules.calculator(), options)) {
      WasmFunction callHost = instance.function("callHost");
      LongUnaryOperator typed = callHost.as(LongUnaryOperator.class);
      WasmMemory memory = instance.memory("memory");
      together(
          number -> {
            for (int i = 0; i < ROUNDS; i++) {
              long argument = (long) number * ROUNDS + i;
              assertThat(callHost.call(argument)).containsExactly(2 * argument);
              assertThat(typed.applyAsLong(argument)).isEqualTo(2 * argument);
              memory.write(number, new byte[] {(byte) i});
              assertThat(memory.read(number, 1)).containsExactly((byte) i);
              int seen = memory.view(bytes -> (int) bytes.get(number));
              assertThat(seen).isEqualTo((byte) i);
            }
          });
    }
  }

  @Test
  void instancesDoNotWaitForEachOther() throws Exception {
    CountDownLatch allInside = new CountDownLatch(4);
    InstanceOptions options =
        host(
            n -> {
              allInside.countDown();
              await(allInside);
              return n;
            });
    together(
        number -> {
          try (WasmInstance instance = WasmInstance.open(Modules.calculator(), options)) {
            assertThat(instance.function("callHost").call(number)).containsExactly(number);
          }
        });
  }

  @Test
  void callsOfTwoInstancesIntoEachOtherDoNotHang() throws Exception {
    WasmInstance[] pair = new WasmInstance[2];
    AtomicInteger busy = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      int other = 1 - i;
      LongUnaryOperator across =
          n -> {
            if (n == 0) {
              return 0;
            }
            try {
              return pair[other].function("callHost").call(n - 1)[0];
            } catch (WasmException e) {
              assertThat(e.code()).isEqualTo(BUSY);
              busy.incrementAndGet();
              return -1;
            }
          };
      pair[i] = WasmInstance.open(Modules.calculator(), host(across));
    }
    try (WasmInstance first = pair[0];
        WasmInstance second = pair[1]) {
      together(
          number -> {
            for (int i = 0; i < 300; i++) {
              (number % 2 == 0 ? first : second).function("callHost").call(3);
            }
          });
      assertThat(busy).hasValueGreaterThan(0);
    }
  }

  @Test
  void closeRacesWithEveryUse() throws Exception {
    for (int round = 0; round < 30; round++) {
      WasmInstance instance = WasmInstance.open(Modules.calculator(), host(n -> n));
      WasmFunction add = instance.function("add");
      WasmMemory memory = instance.memory("memory");
      CountDownLatch used = new CountDownLatch(3);
      together(
          number -> {
            if (number == 0) {
              await(used);
              instance.close();
              return;
            }
            Fails.with(
                CLOSED,
                () -> {
                  while (true) {
                    add.call(1, 2);
                    memory.write(0, new byte[100]);
                    memory.<Object>view(bytes -> bytes.put(0, (byte) 1));
                    instance.function("add");
                    used.countDown();
                  }
                });
          });
    }
  }

  @Test
  void cancelAndCloseRaceWithCalls() throws Exception {
    InstanceOptions endless = host(n -> n).withFuel(Long.MAX_VALUE);
    for (int round = 0; round < 30; round++) {
      CancelToken token = CancelToken.open();
      try (WasmInstance instance = WasmInstance.open(Modules.calculator(), endless)) {
        WasmFunction loop = instance.function("loop").withCancelToken(token);
        together(
            number -> {
              if (number == 0) {
                token.cancel();
                token.close();
                return;
              }
              WasmException end = (WasmException) catchThrowable(loop::call);
              assertThat(end.code()).isIn(CANCELED, CLOSED);
            });
      }
    }
  }

  private interface Work {
    void run(int number) throws Exception;
  }

  private void together(Work work) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int number = i;
      threads.add(
          new Thread(
              () -> {
                try {
                  work.run(number);
                } catch (Throwable e) {
                  failures.add(e);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InstanceOptions host(LongUnaryOperator function) {
    return InstanceOptions.defaults().withHost("host", "call", LongUnaryOperator.class, function);
  }
}
