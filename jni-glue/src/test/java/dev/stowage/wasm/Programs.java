package dev.stowage.wasm;

import static dev.stowage.wasm.fixture.Assembler.bytes;
import static dev.stowage.wasm.fixture.Assembler.join;

import dev.stowage.wasm.fixture.Assembler;

/** Programs for WASI preview 1, assembled by hand. */
final class Programs {
  private static final String WASI = "wasi_snapshot_preview1";
  private static final String I32_I32 = "(i32, i32) -> (i32)";
  private static final String I32_4 = "(i32, i32, i32, i32) -> (i32)";

  private Programs() {}

  /** Writes "Hello, ", its first argument and a line end. Its name must be "greet". */
  static byte[] greet() {
    Assembler module = new Assembler();
    int sizes = module.importFunction(WASI, "args_sizes_get", I32_I32);
    int args = module.importFunction(WASI, "args_get", I32_I32);
    int write = module.importFunction(WASI, "fd_write", I32_4);
    // Size of the arguments at 8; pointers to them at 48, their bytes at 128.
    byte[] body =
        join(
            call(sizes, 0, 8),
            call(args, 48, 128),
            // The text at 32, as one i64.
            join(constant(32), bytes(0x42), signed(0x20_2c6f_6c6c_6548L), bytes(0x37, 3, 0)),
            // Two ranges at 16: seven bytes of text; the argument with the NUL behind it ...
            store(16, constant(32)),
            store(20, constant(7)),
            store(24, load(52)),
            store(28, join(load(8), constant(6), bytes(0x6b))),
            // ... with the line end in place of the NUL.
            join(constant(127), load(8), bytes(0x6a), constant(10), bytes(0x3a, 0, 0)),
            call(write, 1, 16, 2, 40));
    return start(module, body, 4);
  }

  /** Copies stdin to a stream, 64 KiB at a time, and ends with an exit code. */
  static byte[] cat(int stream, int exitCode) {
    Assembler module = new Assembler();
    int read = module.importFunction(WASI, "fd_read", I32_4);
    int write = module.importFunction(WASI, "fd_write", I32_4);
    int exit = module.importFunction(WASI, "proc_exit", "(i32) -> ()");
    // The range at 16 has address and length; the number of bytes read is at 24.
    byte[] loop =
        join(
            store(16, constant(1024)),
            store(20, constant(65536)),
            call(read, 0, 16, 1, 24),
            store(20, load(24)),
            // Leaves the block if no byte was read.
            join(load(24), bytes(0x45, 0x0d, 1)),
            call(write, stream, 16, 1, 24),
            bytes(0x0c, 0));
    byte[] body =
        join(
            bytes(0x02, 0x40, 0x03, 0x40),
            loop,
            bytes(0x0b, 0x0b),
            join(constant(exitCode), bytes(0x10, exit)));
    return start(module, body, 4);
  }

  /** Copies its arguments, or its environment, to stdout, each with a NUL after it. */
  static byte[] copies(String what) {
    Assembler module = new Assembler();
    int sizes = module.importFunction(WASI, what + "_sizes_get", I32_I32);
    int get = module.importFunction(WASI, what + "_get", I32_I32);
    int write = module.importFunction(WASI, "fd_write", I32_4);
    byte[] body =
        join(
            call(sizes, 0, 20),
            call(get, 1 << 20, 1 << 21),
            store(16, constant(1 << 21)),
            call(write, 1, 16, 1, 24));
    return start(module, body, 256);
  }

  /** Also exports "exit", which exits with its argument. */
  static byte[] exits() {
    Assembler module = new Assembler();
    int exit = module.importFunction(WASI, "proc_exit", "(i32) -> ()");
    module.function("exit", "(i32) -> ()", 0x20, 0, 0x10, exit);
    return start(module, join(constant(3), bytes(0x10, exit)), 1);
  }

  private static byte[] start(Assembler module, byte[] body, int pages) {
    int[] instructions = new int[body.length];
    for (int i = 0; i < body.length; i++) {
      instructions[i] = body[i];
    }
    module.function("_start", "() -> ()", instructions);
    return module.memory("memory", pages, pages).build();
  }

  private static byte[] call(int function, int... args) {
    byte[] all = {};
    for (int arg : args) {
      all = join(all, constant(arg));
    }
    return join(all, bytes(0x10, function, 0x1a));
  }

  private static byte[] constant(int value) {
    return join(bytes(0x41), signed(value));
  }

  private static byte[] load(int from) {
    return join(constant(from), bytes(0x28, 2, 0));
  }

  private static byte[] store(int to, byte[] value) {
    return join(constant(to), value, bytes(0x36, 2, 0));
  }

  private static byte[] signed(long value) {
    byte[] encoded = {};
    long rest = value;
    while (rest < -64 || rest > 63) {
      encoded = join(encoded, bytes((int) (rest & 0x7f) | 0x80));
      rest >>= 7;
    }
    return join(encoded, bytes((int) (rest & 0x7f)));
  }
}
