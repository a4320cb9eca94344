package dev.stowage.wasm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.wasm.WasmException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Reads the records that the cores and {@link RecordWriter} write. Every error is {@code INTERNAL}
 * and names the offset: only a defect, or a core of another version, writes an unreadable record.
 */
public final class RecordReader {
  private final String what;
  private final ByteBuffer in;

  /**
   * Starts at the beginning of a record.
   *
   * @param what names the record in errors, like {@code the description}
   */
  public RecordReader(String what, byte[] bytes) {
    this.what = what;
    in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads a kind, or another number from 0 to 255. */
  public int u8() {
    need(Byte.BYTES);
    return in.get() & 0xff;
  }

  /** Reads a count or a length; more than 2147483647 is an error. */
  public int u32() {
    need(Integer.BYTES);
    int value = in.getInt();
    if (value < 0) {
      throw bad("number above 2147483647");
    }
    return value;
  }

  /** Reads a slot, or another number of 64 bits. */
  public long u64() {
    need(Long.BYTES);
    return in.getLong();
  }

  /** Reads a text. */
  public String str() {
    byte[] utf8 = new byte[need(u32())];
    in.get(utf8);
    return new String(utf8, UTF_8);
  }

  /** Reads an unmodifiable list; {@code entry} reads one element from this reader. */
  public <T> List<T> list(Function<RecordReader, T> entry) {
    List<T> entries = new ArrayList<T>();
    for (int left = u32(); left > 0; left--) {
      entries.add(entry.apply(this));
    }
    return Collections.unmodifiableList(entries);
  }

  /** Checks that no bytes are left. Call it last. */
  public void end() {
    if (in.hasRemaining()) {
      throw bad(in.remaining() + " bytes too many");
    }
  }

  /** Returns the error for an unreadable record. */
  public WasmException bad(String reason) {
    return new WasmException(
        WasmException.Code.INTERNAL, WasmMessages.badRecord(what, reason, in.position()));
  }

  private int need(int bytes) {
    if (in.remaining() < bytes) {
      throw bad("end of data, " + bytes + " bytes expected");
    }
    return bytes;
  }
}
