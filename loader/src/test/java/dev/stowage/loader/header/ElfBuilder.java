package dev.stowage.loader.header;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small library of any class and byte order, written after the gABI: all of it is one segment
 * that lies elsewhere in memory than in the file.
 */
final class ElfBuilder {
  private static final long MEMORY = 0x10000;

  private final boolean wide;
  private final ByteOrder order;
  private final int machine;
  private final Map<String, Integer> strings = new LinkedHashMap<>();
  private final ByteArrayOutputStream names = new ByteArrayOutputStream();
  private final List<long[]> dynamic = new ArrayList<>();
  private final List<long[]> symbols = new ArrayList<>();
  private final Map<Integer, String> versions = new LinkedHashMap<>();
  private final List<byte[]> notes = new ArrayList<>();
  private String library;
  private boolean gnuHash;
  private boolean longHash;
  private int noteAlign = 4;

  ElfBuilder(boolean wide, boolean little, int machine) {
    this.wide = wide;
    this.order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    this.machine = machine;
    names.write(0);
    symbols.add(new long[5]);
  }

  private int string(String text) {
    return strings.computeIfAbsent(
        text,
        key -> {
          int at = names.size();
          names.writeBytes((key + "\0").getBytes(StandardCharsets.ISO_8859_1));
          return at;
        });
  }

  /** Adds an entry of the dynamic section whose value is a text. */
  ElfBuilder text(int tag, String value) {
    dynamic.add(new long[] {tag, string(value)});
    return this;
  }

  /** Adds an entry of the dynamic section. */
  ElfBuilder entry(long tag, long value) {
    dynamic.add(new long[] {tag, value});
    return this;
  }

  /** Adds a symbol; the imported ones, of section 0, come first. */
  ElfBuilder symbol(String name, int binding, int visibility, int section, int version) {
    symbols.add(new long[] {string(name), binding << 4 | 2, visibility, section, version});
    return this;
  }

  /** Adds a version that a library is needed in. */
  ElfBuilder needs(String file, int index, String version) {
    library = file;
    string(file);
    string(version);
    versions.put(index, version);
    return this;
  }

  /** Lists the exports in a GNU hash table instead of one of the gABI. */
  ElfBuilder gnuHash() {
    gnuHash = true;
    return this;
  }

  /** The hash table has words of 64 bits, as on s390x. */
  ElfBuilder longHash() {
    longHash = true;
    return this;
  }

  /** Adds a note. */
  ElfBuilder note(String maker, int type, byte[] content) {
    byte[] name = (maker + "\0").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer out = buffer(12 + up(name.length, 4) + content.length + 16);
    out.putInt(name.length).putInt(content.length).putInt(type).put(name);
    out.position(up(up(out.position(), 4), noteAlign));
    out.put(content).position(up(out.position(), noteAlign));
    notes.add(cut(out));
    return this;
  }

  /** Aligns the notes that follow, and their segment, to so many bytes. */
  ElfBuilder noteAlign(int bytes) {
    noteAlign = bytes;
    return this;
  }

  /** The words of a property note: type, length, value, and padding to the size of a word. */
  byte[] property(int type, int value) {
    ByteBuffer out = buffer(wide ? 16 : 12).putInt(type).putInt(4).putInt(value);
    return out.array();
  }

  private static int up(int value, int to) {
    return (value + to - 1) / to * to;
  }

  private ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(order);
  }

  private static byte[] cut(ByteBuffer out) {
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private ByteBuffer word(ByteBuffer out, long value) {
    return wide ? out.putLong(value) : out.putInt((int) value);
  }

  /** The file. */
  byte[] build() {
    int header = wide ? 64 : 52;
    int program = wide ? 56 : 32;
    int at = up(header + 3 * program, 8);
    Map<Long, byte[]> tables = new LinkedHashMap<>();
    tables.put(6L, symbolTable());
    tables.put(gnuHash ? 0x6ffffef5L : 4L, gnuHash ? gnuTable() : hashTable());
    if (library != null) {
      tables.put(0x6ffffff0L, versionIndexes());
      tables.put(0x6ffffffeL, versionNeeds());
      entry(0x6fffffff, 1);
    }
    tables.put(5L, names.toByteArray());
    entry(10, names.size());
    ByteBuffer file = buffer(1 << 16);
    file.position(at);
    for (Map.Entry<Long, byte[]> table : tables.entrySet()) {
      entry(table.getKey(), MEMORY + file.position());
      file.put(table.getValue()).position(up(file.position(), 8));
    }
    int dynamicAt = file.position();
    for (long[] entry : dynamic) {
      word(word(file, entry[0]), entry[1]);
    }
    word(word(file, 0), 0);
    // Behind its end, and so not part of it.
    word(word(file, 14), 1);
    int dynamicSize = file.position() - dynamicAt;
    int notesAt = up(file.position(), 8);
    file.position(notesAt);
    notes.forEach(file::put);
    int end = file.position();
    file.position(0);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1)});
    file.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2)).put((byte) 1).position(16);
    file.putShort((short) 3).putShort((short) machine).putInt(1);
    word(word(word(file, 0), header), 0).putInt(0).putShort((short) header);
    file.putShort((short) program).putShort((short) 3);
    file.position(header);
    segment(file, 1, 5, 0, end, 0x1000);
    segment(file, 2, 6, dynamicAt, dynamicSize, 8);
    segment(file, 4, 4, notesAt, end - notesAt, noteAlign);
    file.position(end);
    return cut(file);
  }

  private void segment(ByteBuffer file, int type, int flags, int at, int size, int align) {
    file.putInt(type);
    if (wide) {
      file.putInt(flags);
    }
    word(word(word(file, at), MEMORY + at), MEMORY + at);
    word(word(file, size), size);
    if (!wide) {
      file.putInt(flags);
    }
    word(file, align);
  }

  private byte[] symbolTable() {
    ByteBuffer out = buffer(symbols.size() * (wide ? 24 : 16));
    for (long[] symbol : symbols) {
      out.putInt((int) symbol[0]);
      if (!wide) {
        out.putLong(0);
      }
      out.put((byte) symbol[1]).put((byte) symbol[2]).putShort((short) symbol[3]);
      if (wide) {
        out.putLong(0).putLong(0);
      }
    }
    return out.array();
  }

  private byte[] hashTable() {
    if (longHash) {
      return buffer(16).putLong(1).putLong(symbols.size()).array();
    }
    return buffer(8).putInt(1).putInt(symbols.size()).array();
  }

  /** Two buckets: one that is empty, one with a chain of all exports. */
  private byte[] gnuTable() {
    int first = 1;
    while (first < symbols.size() && symbols.get(first)[3] == 0) {
      first++;
    }
    int exports = symbols.size() - first;
    ByteBuffer out = buffer(256).putInt(2).putInt(exports == 0 ? 1 : first).putInt(1).putInt(0);
    word(out, -1);
    out.putInt(0).putInt(exports == 0 ? 0 : first);
    for (int i = 0; i < exports; i++) {
      out.putInt(i == exports - 1 ? 0x11 : 0x10);
    }
    return cut(out);
  }

  private byte[] versionIndexes() {
    ByteBuffer out = buffer(symbols.size() * 2);
    symbols.forEach(symbol -> out.putShort((short) symbol[4]));
    return out.array();
  }

  private byte[] versionNeeds() {
    ByteBuffer out = buffer(16 + 16 * versions.size());
    out.putShort((short) 1).putShort((short) versions.size()).putInt(string(library));
    out.putInt(16).putInt(0);
    int left = versions.size();
    for (Map.Entry<Integer, String> version : versions.entrySet()) {
      out.putInt(0).putShort((short) 0).putShort((short) (version.getKey() & 0xffff));
      out.putInt(string(version.getValue())).putInt(--left == 0 ? 0 : 16);
    }
    return out.array();
  }
}
