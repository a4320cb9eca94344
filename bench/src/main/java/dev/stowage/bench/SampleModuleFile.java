package dev.stowage.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes valid modules of an exact size: functions of about a kilobyte, then a custom section. */
final class SampleModuleFile {
  /** Magic and version; one type (i32, i32) -> i32. */
  private static final byte[] HEAD = {
    0, 'a', 's', 'm', 1, 0, 0, 0, 1, 7, 1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f
  };

  /** Maximum number of bytes of everything but the functions, for a module of 2 GiB. */
  private static final int AROUND = 64;

  /** {@code local.get 0, local.get 1, i32.add, local.set 0}. */
  private static final byte[] STEP = {0x20, 0, 0x20, 1, 0x6a, 0x21, 0};

  private static final int STEPS = 140;

  private SampleModuleFile() {}

  static Path write(Path file, int size) throws IOException {
    byte[] function = function();
    // Each function also has a byte in the function section.
    int functions = Math.max(0, (size - HEAD.length - AROUND) / (function.length + 1));
    ByteArrayOutputStream module = new ByteArrayOutputStream(size);
    module.writeBytes(HEAD);
    section(module, 3, functions, new byte[] {0});
    section(module, 10, functions, function);
    padding(module, size - module.size());
    if (module.size() != size) {
      throw new IOException("a module of " + size + " bytes became " + module.size());
    }
    return Files.write(file, module.toByteArray());
  }

  private static byte[] function() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(0);
    for (int i = 0; i < STEPS; i++) {
      body.writeBytes(STEP);
    }
    body.writeBytes(new byte[] {0x20, 0, 0x0b});
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    number(all, body.size());
    all.writeBytes(body.toByteArray());
    return all.toByteArray();
  }

  private static void section(ByteArrayOutputStream to, int id, int count, byte[] entry) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    number(content, count);
    for (int i = 0; i < count; i++) {
      content.writeBytes(entry);
    }
    to.write(id);
    number(to, content.size());
    to.writeBytes(content.toByteArray());
  }

  /**
   * Writes a custom section of exactly that many bytes; its length is encoded in five bytes, which
   * is allowed.
   */
  private static void padding(ByteArrayOutputStream to, int bytes) {
    int content = bytes - 6;
    to.write(0);
    for (int i = 0; i < 4; i++) {
      to.write((content >>> (7 * i)) & 0x7f | 0x80);
    }
    to.write(content >>> 28);
    byte[] name = {3, 'p', 'a', 'd'};
    to.writeBytes(name);
    to.writeBytes(new byte[content - name.length]);
  }

  private static void number(ByteArrayOutputStream to, int value) {
    int left = value;
    for (; left >= 0x80; left >>>= 7) {
      to.write(left & 0x7f | 0x80);
    }
    to.write(left);
  }
}
