package dev.stowage.wasm;

import static dev.stowage.wasm.Assembler.bytes;
import static dev.stowage.wasm.Assembler.join;

import java.nio.ByteBuffer;

/** Modules that several tests use. */
public final class Modules {
  private Modules() {}

  /** Exports add, divide, loop, callHost, narrow and the memory "memory"; imports host.call. */
  public static byte[] calculator() {
    Assembler module = new Assembler();
    int host = module.importFunction("host", "call", "(i64) -> (i64)");
    module.function("add", "(i64, i64) -> (i64)", 0x20, 0, 0x20, 1, 0x7c);
    module.function("divide", "(i64, i64) -> (i64)", 0x20, 0, 0x20, 1, 0x7f);
    module.function("loop", "() -> ()", 0x03, 0x40, 0x0c, 0, 0x0b);
    module.function("callHost", "(i64) -> (i64)", 0x20, 0, 0x10, host);
    module.function("narrow", "(i32) -> (i32)", 0x20, 0);
    return module.memory("memory", 1, 16).build();
  }

  /** Exports turn, which returns one number of each type in reverse order, and nothing. */
  public static byte[] numbers() {
    Assembler module = new Assembler();
    String type = "(i32, i64, f32, f64) -> (f64, f32, i64, i32)";
    module.function("turn", type, 0x20, 3, 0x20, 2, 0x20, 1, 0x20, 0);
    module.function("nothing", "() -> ()");
    return module.build();
  }

  /** Has one of everything that a description lists. */
  public static byte[] furnished() {
    Assembler module = new Assembler();
    module.importFunction("host", "call", "(i64) -> (i64)");
    // One field, language, with one value, Rust 1.95.
    byte[] producers =
        join(
            bytes(1),
            Assembler.name("language"),
            bytes(1),
            Assembler.name("Rust"),
            Assembler.name("1.95"));
    return module
        .table("table", 1, 10)
        .memory("memory", 1, 16)
        .global("global", "mut i32", 0x41, 0)
        .custom("producers", producers)
        .build();
  }

  /** Imports a function that nobody offers. */
  static byte[] foreignImport() {
    Assembler module = new Assembler();
    module.importFunction("env", "abort", "() -> ()");
    return module.build();
  }

  /** Its start function calls host.call(7). Exports the memory "memory". */
  static byte[] startCallsHost() {
    Assembler module = new Assembler();
    int host = module.importFunction("host", "call", "(i64) -> (i64)");
    int start = module.function(null, "() -> ()", 0x42, 7, 0x10, host, 0x1a);
    return module.memory("memory", 1, 1).start(start).build();
  }

  /** Its start function traps. */
  static byte[] startTraps() {
    Assembler module = new Assembler();
    return module.start(module.function(null, "() -> ()", 0x00)).build();
  }

  /** Declares a memory of 65536 pages, which is all a module can have. */
  static byte[] hugeMemory() {
    return new Assembler().memory("memory", 65536, 65536).build();
  }

  /**
   * Imports host.f of a type and exports call, of the same type, which hands all arguments to it
   * and returns what it returns.
   */
  static byte[] echo(String type) {
    Assembler module = new Assembler();
    int host = module.importFunction("host", "f", type);
    byte[] body = {};
    for (int i = 0; i < FunctionType.parse(type).parameters().size(); i++) {
      body = join(body, bytes(0x20), Assembler.unsigned(i));
    }
    body = join(body, bytes(0x10, host));
    int[] instructions = new int[body.length];
    for (int i = 0; i < body.length; i++) {
      instructions[i] = body[i];
    }
    module.function("call", type, instructions);
    return module.build();
  }

  /** Valid, and padded with a custom section to exactly {@code size} bytes. */
  public static ByteBuffer padded(int size) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(size);
    byte[] header = new Assembler().build();
    int payload = size - header.length - 1 - 5;
    buffer.put(header).put((byte) 0);
    for (int i = 0; i < 5; i++) {
      buffer.put((byte) ((payload >>> (7 * i) & 0x7f) | (i < 4 ? 0x80 : 0)));
    }
    buffer.put(Assembler.name("padding"));
    buffer.position(0);
    return buffer;
  }
}
