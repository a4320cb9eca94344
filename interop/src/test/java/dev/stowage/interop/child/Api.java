package dev.stowage.interop.child;

import dev.stowage.wasm.ModuleDescription;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** The three calls through the JNI API; an outcome is {@code OK ...} or the code and the text. */
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

  /** The same bytes in direct memory. */
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

  private static String text(ModuleDescription module) {
    StringBuilder out = new StringBuilder();
    module
        .imports()
        .forEach(
            entry ->
                out.append("import ")
                    .append(String.join("|", entry.module(), entry.name()))
                    .append("|" + entry.kind() + "|" + entry.type() + "\n"));
    module
        .exports()
        .forEach(
            entry ->
                out.append(
                    "export " + entry.name() + "|" + entry.kind() + "|" + entry.type() + "\n"));
    return out.toString();
  }
}
