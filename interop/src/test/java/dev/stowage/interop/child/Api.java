package dev.stowage.interop.child;

import dev.stowage.wasm.ModuleDescription;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The three calls through the JNI API. An outcome is {@code OK ...}, or the code and the text. */
final class Api {
  private Api() {}

  static String validate(byte[] input, boolean direct) {
    return outcome(
        () -> {
          if (direct) {
            Wasm.validate(copy(input));
          } else {
            Wasm.validate(input);
          }
          return "";
        });
  }

  static String describe(byte[] input, boolean direct) {
    return outcome(() -> text(direct ? Wasm.describe(copy(input)) : Wasm.describe(input)));
  }

  static byte[] sha256(byte[] input, boolean direct) {
    return direct ? Wasm.sha256(copy(input)) : Wasm.sha256(input);
  }

  /** A copy of the bytes in direct memory. */
  static ByteBuffer copy(byte[] input) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(input.length);
    buffer.put(input).flip();
    return buffer;
  }

  private static String outcome(Supplier<String> call) {
    try {
      return "OK " + call.get();
    } catch (WasmException e) {
      return e.code() + " " + e.getMessage();
    }
  }

  /** A line per entry; the parts of a description are separated by a bar. */
  private static String text(ModuleDescription module) {
    StringBuilder out = new StringBuilder();
    module.imports().forEach(i -> line(out, "import", i.module(), i.name(), i.kind(), i.type()));
    module.exports().forEach(e -> line(out, "export", e.name(), e.kind(), e.type()));
    module.memories().forEach(type -> line(out, "memory", type));
    module.tables().forEach(type -> line(out, "table", type));
    module.globals().forEach(type -> line(out, "global", type));
    module.customSections().forEach(c -> line(out, "custom", c.name(), c.offset(), c.size()));
    module.producers().forEach(p -> line(out, "producer", p.field(), p.name(), p.version()));
    module.features().forEach(feature -> line(out, "feature", feature));
    return out.toString();
  }

  static void line(StringBuilder out, Object... words) {
    out.append(
        Arrays.stream(words).map(String::valueOf).collect(Collectors.joining("|", "", "\n")));
  }
}
