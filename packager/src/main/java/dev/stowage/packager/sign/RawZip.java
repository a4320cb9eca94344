package dev.stowage.packager.sign;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * A ZIP file in which the content of some entries can be replaced. Every other byte stays: order,
 * times, modes, comments and compressed data. Offsets are from PKWARE's APPNOTE.TXT 6.3.10,
 * sections 4.3.7 (local header), 4.3.12 (central header) and 4.3.16 (end).
 */
final class RawZip {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int ENCRYPTED = 1;

  /** Flag: the sizes follow the data instead of being in the local header. */
  private static final int DESCRIPTOR = 8;

  /** One entry: its central header, and where its local header begins and its region ends. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(byte[] header, int local, int end) {
    private ByteBuffer fields() {
      return little(header);
    }
  }

  private final byte[] file;
  private final int directory;
  private final int end;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * Reads the directory.
   *
   * @throws ZipException when the file is damaged, or of a kind that this class cannot rewrite:
   *     ZIP64, encrypted, two entries with one name
   */
  RawZip(byte[] file) throws ZipException {
    this.file = file;
    try {
      end = end();
      ByteBuffer in = little(file);
      int count = in.getShort(end + 10) & 0xffff;
      directory = in.getInt(end + 16);
      if (count == 0xffff || directory == -1) {
        throw new ZipException("ZIP64");
      }
      read(count);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
      throw new ZipException("damaged directory: " + e.getMessage());
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private int end() throws ZipException {
    ByteBuffer in = little(file);
    for (int at = file.length - END_SIZE; at >= 0; at--) {
      if (in.getInt(at) == END && at + END_SIZE + (in.getShort(at + 20) & 0xffff) == file.length) {
        return at;
      }
    }
    throw new ZipException("no end of a central directory");
  }

  private void read(int count) throws ZipException {
    ByteBuffer in = little(file);
    TreeMap<Integer, String> starts = new TreeMap<>();
    Map<String, byte[]> headers = new LinkedHashMap<>();
    int at = directory;
    for (int i = 0; i < count; i++) {
      int name = in.getShort(at + 28) & 0xffff;
      int size = 46 + name + (in.getShort(at + 30) & 0xffff) + (in.getShort(at + 32) & 0xffff);
      byte[] header = new byte[size];
      in.get(at, header);
      String text = new String(header, 46, name, StandardCharsets.UTF_8);
      int local = in.getInt(at + 42);
      boolean known = headers.put(text, header) != null || starts.put(local, text) != null;
      if (in.getInt(at) != CENTRAL || in.getInt(local) != LOCAL || known) {
        throw new ZipException("damaged directory at entry " + text);
      }
      at += size;
    }
    headers.forEach(
        (name, header) -> {
          int local = little(header).getInt(42);
          Integer next = starts.higherKey(local);
          entries.put(name, new Entry(header, local, next == null ? directory : next));
        });
  }

  /** The names, in the directory's order. */
  List<String> names() {
    return new ArrayList<>(entries.keySet());
  }

  /**
   * The content of an entry.
   *
   * @throws ZipException if its data does not match its size or CRC
   */
  byte[] content(String name) throws IOException {
    Entry entry = entries.get(name);
    ByteBuffer fields = entry.fields();
    int method = fields.getShort(10);
    int start = data(entry.local());
    int size = fields.getInt(20);
    if ((fields.getShort(8) & ENCRYPTED) != 0 || (method != STORED && method != DEFLATED)) {
      throw new ZipException("entry " + name + " is encrypted or packed by method " + method);
    }
    if (size < 0 || start + size > entry.end()) {
      throw new ZipException("entry " + name + " is cut off");
    }
    ByteArrayInputStream packed = new ByteArrayInputStream(file, start, size);
    byte[] content =
        method == STORED
            ? packed.readAllBytes()
            : new InflaterInputStream(packed, new Inflater(true)).readAllBytes();
    if (crc(content) != fields.getInt(16) || content.length != fields.getInt(24)) {
      throw new ZipException("entry " + name + " does not fit its CRC");
    }
    return content;
  }

  private int data(int local) {
    ByteBuffer in = little(file);
    return local + 30 + (in.getShort(local + 26) & 0xffff) + (in.getShort(local + 28) & 0xffff);
  }

  private static int crc(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return (int) crc.getValue();
  }

  /** The file with new content in some entries. */
  byte[] with(Map<String, byte[]> changed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
    Map<String, byte[]> headers = new LinkedHashMap<>();
    entries.forEach((name, entry) -> headers.put(name, entry.header().clone()));
    TreeMap<Integer, String> order = new TreeMap<>();
    entries.forEach((name, entry) -> order.put(entry.local(), name));
    out.write(file, 0, order.isEmpty() ? directory : order.firstKey());
    for (String name : order.values()) {
      Entry entry = entries.get(name);
      little(headers.get(name)).putInt(42, out.size());
      if (changed.containsKey(name)) {
        replace(entry, little(headers.get(name)), changed.get(name), out);
      } else {
        out.write(file, entry.local(), entry.end() - entry.local());
      }
    }
    int start = out.size();
    for (byte[] header : headers.values()) {
      out.write(header);
    }
    int size = out.size() - start;
    byte[] tail = new byte[file.length - end];
    System.arraycopy(file, end, tail, 0, tail.length);
    little(tail).putInt(12, size).putInt(16, start);
    out.write(tail);
    return out.toByteArray();
  }

  private void replace(Entry entry, ByteBuffer central, byte[] content, ByteArrayOutputStream out)
      throws IOException {
    int start = data(entry.local());
    byte[] packed = central.getShort(10) == STORED ? content : deflate(content);
    byte[] local = new byte[start - entry.local()];
    System.arraycopy(file, entry.local(), local, 0, local.length);
    ByteBuffer header = little(local);
    header.putShort(6, (short) (header.getShort(6) & ~DESCRIPTOR));
    header.putInt(14, crc(content)).putInt(18, packed.length).putInt(22, content.length);
    central.putShort(8, (short) (central.getShort(8) & ~DESCRIPTOR));
    central.putInt(16, crc(content)).putInt(20, packed.length).putInt(24, content.length);
    out.write(local);
    out.write(packed);
  }

  private static byte[] deflate(byte[] content) throws IOException {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
      out.write(content);
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }
}
