package dev.stowage.packager.linking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reduces the exports of a 64-bit Mach-O library to a list: a smaller trie replaces dyld's export
 * trie, and the removed symbols become local. Sizes and offsets do not change. The changed pages
 * need a new signature, which llvm-objcopy writes when it strips the file.
 *
 * <p>Sources: mach-o/loader.h and mach-o/nlist.h of Apple's xnu; for the trie "export information"
 * in loader.h, with the flags {@code EXPORT_SYMBOL_FLAGS_*}.
 */
final class MachExports {
  private static final int MAGIC_64 = 0xfeedfacf;
  private static final int HEADER = 32;
  private static final int LC_SYMTAB = 0x2;
  private static final int LC_DYLD_INFO_ONLY = 0x80000022;
  private static final int LC_DYLD_EXPORTS_TRIE = 0x80000033;
  private static final int NLIST = 16;
  private static final int N_STAB = 0xe0;
  private static final int N_TYPE = 0x0e;
  private static final int N_EXT = 0x01;

  private final ByteBuffer file;
  private int trieOffset;
  private int trieSize;
  private int symbols;
  private int symbolCount;
  private int strings;

  private MachExports(byte[] bytes) throws IOException {
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < HEADER || file.getInt(0) != MAGIC_64) {
      throw new IOException("not a 64-bit Mach-O file");
    }
    int command = HEADER;
    for (int i = file.getInt(16); i > 0; i--) {
      switch (file.getInt(command)) {
        case LC_SYMTAB -> {
          symbols = file.getInt(command + 8);
          symbolCount = file.getInt(command + 12);
          strings = file.getInt(command + 16);
        }
        case LC_DYLD_INFO_ONLY -> trie(command + 40);
        case LC_DYLD_EXPORTS_TRIE -> trie(command + 8);
        default -> {}
      }
      command += file.getInt(command + 4);
    }
  }

  private void trie(int at) {
    trieOffset = file.getInt(at);
    trieSize = file.getInt(at + 4);
  }

  /**
   * Removes all other exports. Missing ones are not an error here: {@code verify} reports them.
   *
   * @param library rewritten in place
   * @param names names as in C, without the underscore
   * @throws IOException if the file cannot be written or is not such a library
   */
  static void keep(Path library, List<String> names) throws IOException {
    byte[] bytes = Files.readAllBytes(library);
    TreeSet<String> wanted = new TreeSet<>();
    names.forEach(name -> wanted.add("_" + name));
    try {
      if (new MachExports(bytes).cut(wanted)) {
        Files.write(library, bytes);
      }
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("damaged Mach-O file", e);
    }
  }

  /**
   * Returns false if there is nothing to remove: then the file, and with it its signature, stays as
   * it is.
   */
  private boolean cut(Set<String> wanted) throws IOException {
    TreeMap<String, byte[]> kept = new TreeMap<>();
    if (trieSize > 0) {
      read("", 0, kept);
    }
    if (!kept.keySet().retainAll(wanted)) {
      return false;
    }
    byte[] trie = trie(kept);
    if (trie.length > trieSize) {
      throw new IOException("the export trie does not fit");
    }
    for (int i = 0; i < trieSize; i++) {
      file.put(trieOffset + i, i < trie.length ? trie[i] : 0);
    }
    for (int i = 0; i < symbolCount; i++) {
      int at = symbols + i * NLIST;
      int type = file.get(at + 4) & 0xff;
      boolean exported = (type & N_STAB) == 0 && (type & N_EXT) != 0 && (type & N_TYPE) != 0;
      if (exported && !wanted.contains(text(strings + file.getInt(at)))) {
        file.put(at + 4, (byte) (type & ~N_EXT));
      }
    }
    return true;
  }

  /** Collects the payload of every symbol below a node. */
  private void read(String prefix, int node, Map<String, byte[]> payloads) throws IOException {
    if (prefix.length() > trieSize) {
      throw new IOException("the export trie has a cycle");
    }
    int[] at = {trieOffset + node};
    int size = uleb(at);
    if (size > 0) {
      byte[] payload = new byte[size];
      file.get(at[0], payload);
      payloads.put(prefix, payload);
    }
    at[0] += size;
    int children = file.get(at[0]++) & 0xff;
    for (int i = 0; i < children; i++) {
      String edge = text(at[0]);
      at[0] += edge.getBytes(StandardCharsets.UTF_8).length + 1;
      read(prefix + edge, uleb(at), payloads);
    }
  }

  /**
   * Encodes a trie. Names share prefixes, so that fewer names need less space than before. Offsets
   * have a variable length and are stable after a few rounds.
   */
  private static byte[] trie(SortedMap<String, byte[]> payloads) {
    List<Node> nodes = new ArrayList<>();
    build(new ArrayList<>(payloads.keySet()), 0, payloads, nodes);
    for (boolean moved = true; moved; ) {
      moved = false;
      int offset = 0;
      for (Node node : nodes) {
        moved |= node.offset != offset;
        node.offset = offset;
        offset += node.bytes(nodes).length;
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    nodes.forEach(node -> out.writeBytes(node.bytes(nodes)));
    return out.toByteArray();
  }

  /** Adds a node for sorted names with a common prefix, and everything below it. */
  private static int build(
      List<String> names, int depth, Map<String, byte[]> payloads, List<Node> nodes) {
    Node node = new Node();
    int index = nodes.size();
    nodes.add(node);
    List<String> rest = names;
    if (!names.isEmpty() && names.get(0).length() == depth) {
      node.payload = payloads.get(names.get(0));
      rest = names.subList(1, names.size());
    }
    for (int from = 0; from < rest.size(); ) {
      int to = from + 1;
      while (to < rest.size() && rest.get(to).charAt(depth) == rest.get(from).charAt(depth)) {
        to++;
      }
      String first = rest.get(from);
      int end = common(first, rest.get(to - 1));
      node.edges.add(first.substring(depth, end));
      node.children.add(build(rest.subList(from, to), end, payloads, nodes));
      from = to;
    }
    return index;
  }

  private static int common(String first, String last) {
    int end = 0;
    while (end < first.length() && end < last.length() && first.charAt(end) == last.charAt(end)) {
      end++;
    }
    return end;
  }

  private static final class Node {
    private byte[] payload = {};
    private final List<String> edges = new ArrayList<>();
    private final List<Integer> children = new ArrayList<>();
    private int offset;

    private byte[] bytes(List<Node> nodes) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      uleb(out, payload.length);
      out.writeBytes(payload);
      out.write(edges.size());
      for (int i = 0; i < edges.size(); i++) {
        out.writeBytes(edges.get(i).getBytes(StandardCharsets.UTF_8));
        out.write(0);
        uleb(out, nodes.get(children.get(i)).offset);
      }
      return out.toByteArray();
    }
  }

  private String text(int at) {
    int end = at;
    while (file.get(end) != 0) {
      end++;
    }
    return new String(file.array(), at, end - at, StandardCharsets.UTF_8);
  }

  /** Reads an unsigned LEB128 number and moves the position past it. */
  private int uleb(int[] at) {
    int value = 0;
    int shift = 0;
    byte part;
    do {
      part = file.get(at[0]++);
      value |= (part & 0x7f) << shift;
      shift += 7;
    } while (part < 0);
    return value;
  }

  private static void uleb(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
