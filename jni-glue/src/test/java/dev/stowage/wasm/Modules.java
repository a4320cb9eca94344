package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * An assembler for the small modules of these tests; numbers from the WebAssembly core
 * specification, chapter 5.
 */
public final class Modules {
  private static final byte[] HEADER = bytes(0, 'a', 's', 'm', 1, 0, 0, 0);
  private static final int I32 = 0x7f;
  private static final int I64 = 0x7e;

  private static final byte[] TYPES =
      section(
          1,
          bytes(0x60, 1, I64, 1, I64), // 0
          bytes(0x60, 2, I64, I64, 1, I64), // 1
          bytes(0x60, 0, 0), // 2
          bytes(0x60, 1, I32, 1, I32)); // 3

  private Modules() {}

  /** Exports add, divide, loop, callHost, narrow and the memory "memory"; imports host.call. */
  public static byte[] calculator() {
    return join(
        HEADER,
        TYPES,
        section(2, join(name("host"), name("call"), bytes(0, 0))),
        section(3, bytes(1), bytes(1), bytes(2), bytes(0), bytes(3)),
        section(5, bytes(1, 1, 16)),
        section(
            7,
            join(name("add"), bytes(0, 1)),
            join(name("divide"), bytes(0, 2)),
            join(name("loop"), bytes(0, 3)),
            join(name("callHost"), bytes(0, 4)),
            join(name("narrow"), bytes(0, 5)),
            join(name("memory"), bytes(2, 0))),
        section(
            10,
            body(0x20, 0, 0x20, 1, 0x7c),
            body(0x20, 0, 0x20, 1, 0x7f),
            body(0x03, 0x40, 0x0c, 0, 0x0b),
            body(0x20, 0, 0x10, 0),
            body(0x20, 0)));
  }

  /** Imports a function that nobody offers. */
  static byte[] foreignImport() {
    return join(HEADER, TYPES, section(2, join(name("env"), name("abort"), bytes(0, 2))));
  }

  /** Its start function calls host.call(7). */
  static byte[] startCallsHost() {
    return join(
        HEADER,
        TYPES,
        section(2, join(name("host"), name("call"), bytes(0, 0))),
        section(3, bytes(2)),
        bytes(8, 1, 1),
        section(10, body(0x42, 7, 0x10, 0, 0x1a)));
  }

  /** Its start function traps. */
  static byte[] startTraps() {
    return join(HEADER, TYPES, section(3, bytes(2)), bytes(8, 1, 0), section(10, body(0x00)));
  }

  /** Declares a memory of 65536 pages, which is all a module can have. */
  static byte[] hugeMemory() {
    return join(HEADER, section(5, bytes(0, 0x80, 0x80, 0x04)));
  }

  /** Valid, and padded with a custom section to exactly {@code size} bytes. */
  public static ByteBuffer padded(int size) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(size);
    int payload = size - HEADER.length - 1 - 5;
    buffer.put(HEADER).put((byte) 0);
    for (int i = 0; i < 5; i++) {
      buffer.put((byte) ((payload >>> (7 * i) & 0x7f) | (i < 4 ? 0x80 : 0)));
    }
    buffer.put(name("padding"));
    buffer.position(0);
    return buffer;
  }

  private static byte[] body(int... instructions) {
    return join(bytes(instructions.length + 2, 0), bytes(instructions), bytes(0x0b));
  }

  private static byte[] section(int id, byte[]... items) {
    byte[] content = join(bytes(items.length), join(items));
    if (content.length > 127) {
      return join(bytes(id, 0x80 | (content.length & 0x7f), content.length >> 7), content);
    }
    return join(bytes(id, content.length), content);
  }

  private static byte[] name(String name) {
    byte[] utf8 = name.getBytes(UTF_8);
    return join(bytes(utf8.length), utf8);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
