package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the records that the cores return: little endian, no padding; a string is its length in
 * bytes and UTF-8, a list its count and its entries.
 */
final class RecordReader {
  private final ByteBuffer in;

  RecordReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An unsigned 32-bit number that a Java collection or array can have as its size. */
  int count() {
    need(Integer.BYTES);
    int value = in.getInt();
    if (value < 0) {
      throw bad("number above 2147483647");
    }
    return value;
  }

  long number64() {
    need(Long.BYTES);
    return in.getLong();
  }

  String string() {
    byte[] utf8 = new byte[need(count())];
    in.get(utf8);
    return new String(utf8, UTF_8);
  }

  /** A byte that chooses one of {@code values}. */
  <E> E choice(E[] values) {
    need(1);
    int number = in.get() & 0xff;
    if (number >= values.length) {
      throw bad("kind " + number);
    }
    return values[number];
  }

  /** Refuses what follows the record. */
  void end() {
    if (in.hasRemaining()) {
      throw bad(in.remaining() + " bytes too many");
    }
  }

  WasmException bad(String reason) {
    return new WasmException(
        WasmException.Code.INTERNAL, Messages.badRecord(reason, in.position()));
  }

  private int need(int bytes) {
    if (in.remaining() < bytes) {
      throw bad("end of data, " + bytes + " bytes expected");
    }
    return bytes;
  }
}
