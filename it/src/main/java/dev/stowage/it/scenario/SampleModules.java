package dev.stowage.it.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * WebAssembly modules, assembled here so that no test depends on a tool or on a committed binary.
 *
 * <p>Source of the numbers: WebAssembly core specification 2.0, chapter 5, binary format.
 */
public final class SampleModules {
  private static final int TYPE = 1;
  private static final int IMPORT = 2;
  private static final int FUNCTION = 3;
  private static final int MEMORY = 5;
  private static final int GLOBAL = 6;
  private static final int EXPORT = 7;
  private static final int START = 8;
  private static final int CODE = 10;
  private static final int DATA = 11;
  private static final int I32 = 0x7f;
  private static final int I64 = 0x7e;

  private static final byte[] HEADER = bytes(0, 'a', 's', 'm', 1, 0, 0, 0);
  private static final byte[] END = bytes(0x0b);

  private SampleModules() {}

  /**
   * Returns a module that exports answer: () -> 42, add and divide: (i64, i64) -> i64, spin: an
   * endless loop, trap: unreachable, dive: endless recursion, narrow: (i32) -> (), nothing: () ->
   * ().
   */
  public static byte[] calculator() {
    byte[] types =
        vector(
            type(new int[] {}, I64),
            type(new int[] {I64, I64}, I64),
            type(new int[] {}),
            type(new int[] {I32}));
    byte[] code =
        vector(
            body(0x42, 42),
            body(0x20, 0, 0x20, 1, 0x7c),
            body(0x20, 0, 0x20, 1, 0x7f),
            body(0x03, 0x40, 0x0c, 0, 0x0b),
            body(0x00),
            body(0x10, 5),
            body(),
            body());
    byte[] exports =
        vector(
            export("answer", 0),
            export("add", 1),
            export("divide", 2),
            export("spin", 3),
            export("trap", 4),
            export("dive", 5),
            export("narrow", 6),
            export("nothing", 7));
    byte[] functions =
        vector(bytes(0), bytes(1), bytes(1), bytes(2), bytes(2), bytes(2), bytes(3), bytes(2));
    return concat(
        HEADER,
        section(TYPE, types),
        section(FUNCTION, functions),
        section(EXPORT, exports),
        section(CODE, code));
  }

  /**
   * Returns a module that imports host.call: (i64) -> i64 and exports ask, which passes its
   * argument to it.
   */
  public static byte[] asker() {
    return importer("host", "call");
  }

  /** Like {@link #asker}, but the import has another name, which nobody provides. */
  public static byte[] importer(String module, String name) {
    byte[] types = vector(type(new int[] {I64}, I64));
    byte[] imports = vector(concat(name(module), name(name), bytes(0, 0)));
    byte[] code = vector(body(0x20, 0, 0x10, 0));
    return concat(
        HEADER,
        section(TYPE, types),
        section(IMPORT, imports),
        section(FUNCTION, vector(bytes(0))),
        section(EXPORT, vector(export("ask", 1))),
        section(CODE, code));
  }

  /**
   * Returns a WASI program that prints "hi" and exits with code 3. It exports memory, of 1..4
   * pages, and counter, a mutable i64.
   */
  public static byte[] program() {
    String wasi = "wasi_snapshot_preview1";
    return concat(
        HEADER,
        section(
            TYPE,
            vector(
                type(new int[] {I32, I32, I32, I32}, I32),
                type(new int[] {I32}),
                type(new int[] {}))),
        section(
            IMPORT,
            vector(
                concat(name(wasi), name("fd_write"), bytes(0, 0)),
                concat(name(wasi), name("proc_exit"), bytes(0, 1)))),
        section(FUNCTION, vector(bytes(2))),
        section(MEMORY, vector(bytes(1, 1, 4))),
        section(GLOBAL, vector(bytes(I64, 1, 0x42, 0, 0x0b))),
        section(
            EXPORT,
            vector(
                concat(name("memory"), bytes(2, 0)),
                concat(name("counter"), bytes(3, 0)),
                export("_start", 2))),
        section(
            CODE,
            vector(body(0x41, 1, 0x41, 0, 0x41, 1, 0x41, 20, 0x10, 0, 0x1a, 0x41, 3, 0x10, 1))),
        section(
            DATA,
            vector(
                concat(
                    bytes(0, 0x41, 0, 0x0b),
                    sized(bytes(8, 0, 0, 0, 3, 0, 0, 0, 'h', 'i', '\n'))))));
  }

  /** Returns a module whose start function traps. */
  public static byte[] startsWithTrap() {
    return concat(
        HEADER,
        section(TYPE, vector(type(new int[] {}))),
        section(FUNCTION, vector(bytes(0))),
        section(START, bytes(0)),
        section(CODE, vector(body(0x00))));
  }

  /**
   * Returns the calculator with a custom section of that many zero bytes, which a reader must skip.
   */
  public static byte[] padded(int zeros) {
    return concat(calculator(), section(0, concat(name("padding"), new byte[zeros])));
  }

  private static byte[] type(int[] parameters, int... results) {
    return concat(bytes(0x60), types(parameters), types(results));
  }

  private static byte[] types(int[] values) {
    return concat(unsigned(values.length), bytes(values));
  }

  private static byte[] export(String name, int function) {
    return concat(name(name), bytes(0, function));
  }

  private static byte[] body(int... instructions) {
    return sized(concat(bytes(0), bytes(instructions), END));
  }

  private static byte[] section(int id, byte[] content) {
    return concat(bytes(id), sized(content));
  }

  private static byte[] vector(byte[]... items) {
    return concat(unsigned(items.length), concat(items));
  }

  private static byte[] name(String text) {
    return sized(text.getBytes(UTF_8));
  }

  private static byte[] sized(byte[] content) {
    return concat(unsigned(content.length), content);
  }

  private static byte[] unsigned(int value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int rest = value;
    while (rest >= 0x80) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    return out.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] result = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (byte) values[i];
    }
    return result;
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.write(part, 0, part.length);
    }
    return out.toByteArray();
  }
}
