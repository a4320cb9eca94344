package dev.stowage.it.scenario;

import dev.stowage.wasm.CancelToken;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.Probes;
import dev.stowage.wasm.RegistryOptions;
import dev.stowage.wasm.WasiOptions;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmFunction;
import dev.stowage.wasm.WasmGlobal;
import dev.stowage.wasm.WasmInstance;
import dev.stowage.wasm.WasmMemory;
import dev.stowage.wasm.WasmRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * Calls every function of the API with every kind of argument, callbacks that return and throw, and
 * a failure of each kind of call.
 */
public final class EveryFunction {
  private static final int REPEATS = 100;

  private EveryFunction() {}

  /** Arguments: an empty directory, and a reference to an artifact in a registry. */
  public static void main(String[] args) throws Exception {
    Path directory = Paths.get(args[0]);
    // Repeated, because leaked local references and frames that are not popped are noticed only
    // after some dozen calls.
    for (int i = 0; i < REPEATS; i++) {
      bytes();
      instances();
      insides();
      tokens();
    }
    ScenarioReport.ok("rust", Wasm.version());
    for (int i = 0; i < REPEATS / 10; i++) {
      transport(directory, args[1]);
    }
    ScenarioReport.ok("go", WasmRegistry.version());
    onAnotherThread();
    // With -Xcheck:jni the JVM compares its signal handlers about once a second, a few signals at a
    // time.
    Thread.sleep(4000);
    ScenarioReport.check("handles", Wasm.liveHandles() + WasmRegistry.liveHandles() == 0, "");
    ScenarioReport.check("bytes", Wasm.nativeBytes() + WasmRegistry.nativeBytes() == 0, "");
  }

  private static void bytes() {
    byte[] module = SampleModules.calculator();
    ByteBuffer direct = ByteBuffer.allocateDirect(module.length + 2);
    direct.position(1);
    direct.put(module).flip().position(1);
    ByteBuffer heap = ByteBuffer.wrap(module);
    for (ByteBuffer buffer :
        new ByteBuffer[] {direct, direct.slice(), heap, heap.asReadOnlyBuffer()}) {
      Wasm.validate(buffer);
      Wasm.describe(buffer);
      Wasm.sha256(buffer);
      check(buffer.remaining() == module.length, "the buffer was moved");
    }
    Wasm.validate(module);
    check(Wasm.describe(module).exports().size() == 8, "eight exports");
    check(Wasm.sha256(new byte[0]).length == 32, "32 bytes");
    fails(() -> Wasm.validate(ByteBuffer.allocateDirect(0)));
    fails(() -> Wasm.describe(new byte[3]));
    fails(() -> Probes.rust("of the -Xcheck:jni run"));
  }

  private static void instances() {
    AtomicLong told = new AtomicLong();
    InstanceOptions options =
        InstanceOptions.defaults()
            .withFuel(100_000)
            .withHost("host", "call", LongUnaryOperator.class, told::addAndGet);
    try (WasmInstance asker = WasmInstance.open(SampleModules.asker(), options);
        WasmInstance calculator = WasmInstance.open(SampleModules.calculator(), options)) {
      check(asker.function("ask").call(7)[0] == 7, "the host was asked");
      check(calculator.function("add").call(1, 2)[0] == 3, "a sum");
      check(calculator.function("nothing").call().length == 0, "no result");
      fails(() -> calculator.function("trap").call());
      fails(() -> calculator.function("spin").call());
      fails(() -> calculator.function("add").call(new long[100]));
      fails(() -> calculator.function("nobody").call());
    }
    fails(() -> WasmInstance.open(SampleModules.importer("env", "nobody"), options));
    InstanceOptions throwing =
        InstanceOptions.defaults()
            .withHost(
                "host",
                "call",
                LongUnaryOperator.class,
                argument -> {
                  throw new IllegalStateException("from the host");
                });
    try (WasmInstance asker = WasmInstance.open(SampleModules.asker(), throwing)) {
      fails(() -> asker.function("ask").call(1));
    }
  }

  /** Memory, global, streams and exit code of an instance. */
  private static void insides() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    WasiOptions wasi = WasiOptions.defaults().withArgs("program").withStdout(said);
    InstanceOptions options = InstanceOptions.defaults().withWasi(wasi);
    try (WasmInstance program = WasmInstance.open(SampleModules.program(), options)) {
      WasmMemory memory = program.memory("memory");
      memory.write(1000, new byte[] {1, 2, 3});
      memory.write(1003, (ByteBuffer) ByteBuffer.allocateDirect(5000).position(1));
      check(memory.read(1000, 3)[2] == 3, "what was written");
      memory.read(1000, ByteBuffer.allocateDirect(70));
      check(memory.grow(1) == 1 && memory.size() == 2 * WasmMemory.PAGE_BYTES, "two pages");
      check(memory.view(bytes -> (int) bytes.get(1001)) == 2, "the same in place");
      fails(() -> memory.view(bytes -> program.function("_start").call()));
      fails(() -> memory.view(EveryFunction::throwing));
      fails(() -> memory.read(2L * WasmMemory.PAGE_BYTES, 1));
      fails(() -> memory.grow(100));
      WasmGlobal counter = program.global("counter");
      counter.set(Long.MIN_VALUE);
      check(counter.get() == Long.MIN_VALUE, "what was set");
      fails(() -> program.global("nobody"));
      check(program.run() == 3 && said.size() == 3, "a program");
    }
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("closed");
          }
        };
    InstanceOptions full = InstanceOptions.defaults().withWasi(wasi.withStdout(closed));
    try (WasmInstance program = WasmInstance.open(SampleModules.program(), full)) {
      fails(program::run);
    }
    check(Wasm.sha512(new byte[5000]).length == 64, "64 bytes");
  }

  private static Object throwing(ByteBuffer bytes) {
    throw new IllegalStateException("from the view of " + bytes.capacity());
  }

  private static void tokens() {
    InstanceOptions options = InstanceOptions.defaults();
    try (CancelToken token = CancelToken.open();
        WasmInstance calculator = WasmInstance.open(SampleModules.calculator(), options)) {
      WasmFunction add = calculator.function("add").withCancelToken(token);
      check(add.call(1, 2)[0] == 3, "a sum");
      check(add.as(LongBinaryOperator.class).applyAsLong(20, 22) == 42, "a lambda");
      check(add.callAsync(1, 2).join()[0] == 3, "a later sum");
      token.cancel();
      fails(() -> add.call(1, 2));
    }
  }

  private static void transport(Path directory, String reference) throws Exception {
    Path module = directory.resolve("module.wasm");
    Files.write(module, SampleModules.padded(100_000));
    Path layout = directory.resolve("layout");
    String inLayout = "oci:" + layout + ":v1";
    WasmRegistry.push(module, inLayout, RegistryOptions.defaults());
    Path pulled = directory.resolve("pulled.wasm");
    AtomicLong last = new AtomicLong();
    RegistryOptions listening =
        RegistryOptions.defaults().withProgress((blob, done, total) -> last.set(done));
    for (String source : new String[] {inLayout, reference}) {
      WasmRegistry.pull(source, pulled, RegistryOptions.defaults());
      check(WasmRegistry.resolve(source, RegistryOptions.defaults()).moduleSize() > 0, "a module");
      WasmRegistry.pull(source, pulled, listening);
      check(last.get() > 0, "progress was reported");
      RegistryOptions throwing =
          RegistryOptions.defaults()
              .withProgress(
                  (blob, done, total) -> {
                    throw new IllegalStateException("from the listener");
                  });
      fails(() -> WasmRegistry.pull(source, pulled, throwing));
      try (CancelToken token = CancelToken.open()) {
        WasmRegistry.pull(source, pulled, listening.withCancelToken(token));
        token.cancel();
        fails(() -> WasmRegistry.pull(source, pulled, listening.withCancelToken(token)));
      }
    }
    fails(() -> WasmRegistry.pull("not a reference", pulled, RegistryOptions.defaults()));
    Path nothing = directory.resolve("nothing");
    fails(() -> WasmRegistry.push(nothing, inLayout, RegistryOptions.defaults()));
    String copy = "oci:" + directory.resolve("copy") + ":v2";
    WasmRegistry.copy(inLayout, copy, listening);
    check(WasmRegistry.tags("oci:" + layout, RegistryOptions.defaults()).size() == 1, "one tag");
    fails(() -> WasmRegistry.tags(reference, RegistryOptions.defaults()));
    fails(() -> Probes.goExport("of the -Xcheck:jni run"));
    fails(() -> Probes.goRoutine("of the -Xcheck:jni run"));
  }

  /**
   * JNI environments belong to a thread, so everything is repeated on one where main's environment
   * is invalid.
   */
  private static void onAnotherThread() throws Exception {
    AtomicLong done = new AtomicLong();
    Thread thread =
        new Thread(
            () -> {
              bytes();
              instances();
              insides();
              tokens();
              done.set(1);
            });
    thread.start();
    thread.join();
    ScenarioReport.check("other-thread", done.get() == 1, "");
  }

  private static void fails(ScenarioReport.Action action) {
    try {
      action.run();
    } catch (Exception e) {
      return;
    }
    throw new AssertionError("nothing was thrown");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
