package dev.stowage.wasm.tool;

import dev.stowage.wasm.Artifact;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.ModuleDescription;
import dev.stowage.wasm.RegistryOptions;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmInstance;
import dev.stowage.wasm.WasmRegistry;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;

/**
 * Runs the whole path once, in a temporary directory that is removed at the end: Go pushes and
 * pulls a module, Rust validates and runs it.
 */
final class DemoCommand {
  private static final String TAG = "demo";
  private static final long ARGUMENT = 20;

  private final ToolOutput output;
  private final long begin = System.nanoTime();
  private long last = begin;

  DemoCommand(ToolOutput output) {
    this.output = output;
  }

  int run() throws IOException {
    step("Loaded", ToolMessages.core("Rust", Wasm.version()));
    step("Loaded", ToolMessages.core("Go", WasmRegistry.version()));
    Path work = Files.createTempDirectory("stowage-demo");
    try {
      check(transport(work));
    } finally {
      delete(work);
    }
    step("Removed", work.toString());
    last = begin;
    step("Done", ToolMessages.done());
    return ToolMain.OK;
  }

  private byte[] transport(Path work) throws IOException {
    Path source = work.resolve("factorial.wasm");
    Files.write(source, DemoModule.bytes());
    Path layout = work.resolve("layout");
    String reference = "oci:" + layout + ":" + TAG;
    Artifact pushed = WasmRegistry.push(source, reference, RegistryOptions.defaults());
    step("Pushed", ToolMessages.moved("factorial.wasm", "oci:layout:" + TAG));
    output.say("Module", ToolMessages.sized(pushed.moduleDigest(), pushed.moduleSize()));
    Path pulled = work.resolve("pulled.wasm");
    WasmRegistry.pull(reference, pulled, RegistryOptions.defaults());
    step("Pulled", ToolMessages.moved("oci:layout:" + TAG, "pulled.wasm"));
    return Files.readAllBytes(pulled);
  }

  private void check(byte[] module) {
    Wasm.validate(module);
    step("Validated", ToolMessages.valid(module.length));
    ModuleDescription description = Wasm.describe(module);
    int imports = description.imports().size();
    int exports = description.exports().size();
    step("Described", ToolMessages.module("pulled.wasm", module.length, imports, exports));
    DescribeCommand.members(description, output);
    AtomicInteger calls = new AtomicInteger();
    LongUnaryOperator host =
        argument -> {
          calls.incrementAndGet();
          return argument;
        };
    InstanceOptions options =
        InstanceOptions.defaults().withHost("host", "call", LongUnaryOperator.class, host);
    try (WasmInstance instance = WasmInstance.open(module, options)) {
      LongUnaryOperator factorial =
          instance.function(DemoModule.EXPORT).as(LongUnaryOperator.class);
      String result = Long.toString(factorial.applyAsLong(ARGUMENT));
      List<String> argument = Collections.singletonList(Long.toString(ARGUMENT));
      String call =
          ToolMessages.result(DemoModule.EXPORT, argument, Collections.singletonList(result));
      step("Ran", ToolMessages.calls(call, calls.get()));
    }
  }

  private void step(String action, String subject) {
    long now = System.nanoTime();
    output.timed(action, subject, now - last);
    last = System.nanoTime();
  }

  private static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
