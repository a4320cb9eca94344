package dev.stowage.it.scenario;

import dev.stowage.wasm.CancelToken;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.Probes;
import dev.stowage.wasm.RegistryOptions;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmInstance;
import dev.stowage.wasm.WasmRegistry;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongUnaryOperator;

/** Runs many threads in both cores for some time; afterwards no handle, byte or thread is left. */
public final class Stress {
  private static final int RUST_PER_GO = 20;

  private final Path directory;
  private final long deadline;
  private final AtomicLong rust = new AtomicLong();
  private final AtomicLong go = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private Stress(Path directory, long seconds) {
    this.directory = directory;
    this.deadline = System.nanoTime() + seconds * 1_000_000_000L;
  }

  /** The thread of the library ends one second after the last object was closed. */
  private static void awaitThreads(int expected) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (Thread.activeCount() != expected && System.nanoTime() < end) {
      Thread.sleep(50);
    }
  }

  /** Arguments: an empty directory, the number of threads, seconds. */
  public static void main(String[] args) throws Exception {
    Path directory = Paths.get(args[0]);
    Path module = directory.resolve("module.wasm");
    Files.write(module, SampleModules.padded(50_000));
    WasmRegistry.push(
        module, "oci:" + directory.resolve("layout") + ":v1", RegistryOptions.defaults());
    int javaThreads = Thread.activeCount();
    Stress stress = new Stress(directory, Long.parseLong(args[2]));
    stress.run(Integer.parseInt(args[1]));
    awaitThreads(javaThreads);
    ScenarioReport.check("java-threads", Thread.activeCount() == javaThreads, Thread.activeCount());
    ScenarioReport.check("rust-handles", Wasm.liveHandles() == 0, Wasm.liveHandles());
    ScenarioReport.check("rust-bytes", Wasm.nativeBytes() == 0, Wasm.nativeBytes());
    ScenarioReport.check("go-handles", WasmRegistry.liveHandles() == 0, WasmRegistry.liveHandles());
    ScenarioReport.check("go-bytes", WasmRegistry.nativeBytes() == 0, WasmRegistry.nativeBytes());
  }

  private void run(int count) throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      threads.add(new Thread(() -> work(number)));
    }
    long begin = System.nanoTime();
    for (Thread thread : threads) {
      thread.start();
    }
    long third = (deadline - begin) / 3;
    int early = mostThreadsUntil(begin + third);
    mostThreadsUntil(begin + 2 * third);
    int late = mostThreadsUntil(deadline);
    for (Thread thread : threads) {
      thread.join();
    }
    ScenarioReport.check("no-failure", failure.get() == null, failure.get());
    ScenarioReport.check(
        "work", rust.get() > count && go.get() > count, rust + " rounds on Rust, " + go + " on Go");
    // Go keeps as many threads as were blocked in system calls at one time, at most one per caller.
    // The number is reached after 10 s and does not grow further. A leak of one thread per call
    // would give thousands.
    ScenarioReport.check(
        "os-threads-flat",
        late <= early + count,
        early + " in the first third, " + late + " in the last");
  }

  private static int mostThreadsUntil(long time) throws InterruptedException {
    int most = 0;
    while (System.nanoTime() < time) {
      String[] tasks = new File("/proc/self/task").list();
      most = Math.max(most, tasks == null ? 0 : tasks.length);
      Thread.sleep(50);
    }
    return most;
  }

  private void work(int number) {
    try {
      Path file = directory.resolve("pulled-" + number + ".wasm");
      for (int round = 0; System.nanoTime() < deadline && failure.get() == null; round++) {
        for (int i = 0; i < RUST_PER_GO; i++) {
          onRust(number, i);
          rust.incrementAndGet();
        }
        onGo(file, round);
        go.incrementAndGet();
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  private static void onRust(int number, int round) {
    InstanceOptions options =
        InstanceOptions.defaults()
            .withFuel(10_000)
            .withHost("host", "call", LongUnaryOperator.class, argument -> argument + number);
    try (WasmInstance calculator = WasmInstance.open(SampleModules.calculator(), options);
        WasmInstance asker = WasmInstance.open(SampleModules.asker(), options)) {
      same(calculator.function("add").call(number, round)[0], number + round);
      same(asker.function("ask").call(round)[0], number + round);
      throwsOne(() -> calculator.function("spin").call());
      throwsOne(() -> calculator.function("divide").call(1, 0));
    }
    same(Wasm.describe(SampleModules.calculator()).exports().size(), 8);
    throwsOne(() -> Wasm.validate(new byte[number]));
    throwsOne(() -> Probes.rust("stress"));
  }

  private void onGo(Path file, int round) throws Exception {
    String reference = "oci:" + directory.resolve("layout") + ":v1";
    AtomicLong progress = new AtomicLong();
    RegistryOptions options =
        RegistryOptions.defaults().withProgress((blob, done, total) -> progress.set(done));
    try (CancelToken token = CancelToken.open()) {
      WasmRegistry.pull(reference, file, options.withCancelToken(token));
      same(progress.get(), Files.size(file));
      token.cancel();
      throwsOne(() -> WasmRegistry.pull(reference, file, options.withCancelToken(token)));
    }
    throwsOne(() -> WasmRegistry.pull("oci:" + directory + ":nothing", file, options));
    throwsOne(() -> Probes.goRoutine("stress " + round));
  }

  private static void throwsOne(ScenarioReport.Action action) {
    try {
      action.run();
    } catch (Exception e) {
      return;
    }
    throw new AssertionError("nothing was thrown");
  }

  private static void same(long found, long expected) {
    if (found != expected) {
      throw new AssertionError(found + " instead of " + expected);
    }
  }
}
