package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Reads what {@link Records} and the cores write. Every fault is {@code INTERNAL}, with the place:
 * only a defect, or a core of another version, can write what cannot be read.
 */
final class RecordReader {
  private final String what;
  private final ByteBuffer in;

  /**
   * Reads from the beginning.
   *
   * @param what names the record in errors, like {@code the description}
   */
  RecordReader(String what, byte[] bytes) {
    this.what = what;
    in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  int u8() {
    need(Byte.BYTES);
    return in.get() & 0xff;
  }

  /** A count or a length: above 2147483647 it cannot be meant. */
  int u32() {
    need(Integer.BYTES);
    int value = in.getInt();
    if (value < 0) {
      throw bad("number above 2147483647");
    }
    return value;
  }

  long u64() {
    need(Long.BYTES);
    return in.getLong();
  }

  String str() {
    byte[] utf8 = new byte[need(u32())];
    in.get(utf8);
    return new String(utf8, UTF_8);
  }

  /** An unmodifiable list; {@code entry} reads one from this reader. */
  <T> List<T> list(Function<RecordReader, T> entry) {
    List<T> entries = new ArrayList<T>();
    for (int left = u32(); left > 0; left--) {
      entries.add(entry.apply(this));
    }
    return Collections.unmodifiableList(entries);
  }

  /** To be called last: what is left over was not understood. */
  void end() {
    if (in.hasRemaining()) {
      throw bad(in.remaining() + " bytes too many");
    }
  }

  WasmException bad(String reason) {
    return new WasmException(
        WasmException.Code.INTERNAL, Messages.badRecord(what, reason, in.position()));
  }

  private int need(int bytes) {
    if (in.remaining() < bytes) {
      throw bad("end of data, " + bytes + " bytes expected");
    }
    return bytes;
  }
}
