package dev.stowage.interop.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/**
 * Random inputs from a seed: modules with random imports, exports and custom sections, such modules
 * with a few bytes changed, cut or added, and bytes that are not a module. Numbers come from the
 * WebAssembly core specification, chapter 5.
 */
final class RandomInputs {
  private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};
  private static final int[] NUMBERS = {0x7f, 0x7e, 0x7d, 0x7c};

  private final Random random;

  RandomInputs(long seed) {
    random = new Random(seed);
  }

  /** Returns the next input, of 0 bytes to about 70 KB. */
  byte[] next() {
    return switch (random.nextInt(4)) {
      case 0 -> noise(random.nextInt(random.nextInt(20) == 0 ? 70_000 : 300));
      case 1 -> module();
      default -> changed(module());
    };
  }

  private byte[] noise(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      System.arraycopy(HEADER, 0, bytes, 0, Math.min(HEADER.length, size));
    }
    return bytes;
  }

  private byte[] changed(byte[] module) {
    byte[] bytes = module;
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(at, 1));
        default -> bytes = join(bytes, noise(1 + random.nextInt(5)));
      }
    }
    return bytes;
  }

  private byte[] module() {
    byte[][] types = new byte[1 + random.nextInt(4)][];
    for (int i = 0; i < types.length; i++) {
      types[i] = join(new byte[] {0x60}, numbers(), numbers());
    }
    byte[][] imports = new byte[random.nextInt(5)][];
    for (int i = 0; i < imports.length; i++) {
      imports[i] = join(name(), name(), leb(0), leb(random.nextInt(types.length)));
    }
    byte[][] exports = new byte[1 + imports.length][];
    exports[0] = join(string("memory" + random.nextInt()), leb(2), leb(0));
    for (int i = 0; i < imports.length; i++) {
      // The number makes names unique, as the specification requires.
      exports[i + 1] = join(string(i + text()), leb(0), leb(i));
    }
    int pages = random.nextInt(100);
    byte[] memory = join(leb(1), leb(pages), leb(pages + random.nextInt(1000)));
    int elements = random.nextInt(1000);
    byte[] table = join(leb(0x70), leb(1), leb(elements), leb(elements + random.nextInt(9)));
    // i32.const 0, end; mutable or not.
    byte[] global = join(leb(0x7f), leb(random.nextInt(2)), new byte[] {0x41, 0, 0x0b});
    return join(
        HEADER,
        section(1, types),
        section(2, imports),
        section(4, table),
        section(5, memory),
        section(6, global),
        section(7, exports),
        custom(name(), noise(random.nextInt(40))),
        random.nextBoolean() ? custom(string("producers"), producers()) : new byte[0]);
  }

  private static byte[] custom(byte[] name, byte[] payload) {
    return join(leb(0), leb(name.length + payload.length), name, payload);
  }

  /** One field with one value (tool conventions, "ProducersSection"). */
  private byte[] producers() {
    return join(leb(1), string("language"), leb(1), name(), name());
  }

  private byte[] numbers() {
    byte[] types = new byte[random.nextInt(4)];
    for (int i = 0; i < types.length; i++) {
      types[i] = (byte) NUMBERS[random.nextInt(NUMBERS.length)];
    }
    return join(leb(types.length), types);
  }

  private byte[] name() {
    return string(text());
  }

  /** Up to 20 code points of all planes, without surrogates. */
  private String text() {
    StringBuilder out = new StringBuilder();
    for (int left = random.nextInt(20); left > 0; left--) {
      int point = random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x110000);
      out.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 0x1f6a2 : point);
    }
    return out.toString();
  }

  private static byte[] string(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return join(leb(utf8.length), utf8);
  }

  private static byte[] section(int id, byte[]... items) {
    byte[] content = join(leb(items.length), join(items));
    return join(leb(id), leb(content.length), content);
  }

  private static byte[] leb(int value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int rest = value;
    for (; rest > 0x7f; rest >>>= 7) {
      out.write((rest & 0x7f) | 0x80);
    }
    out.write(rest);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
