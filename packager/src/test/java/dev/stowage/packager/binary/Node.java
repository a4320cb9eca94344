package dev.stowage.packager.binary;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One block of llvm-readobj's own output style: values, bare lines and inner blocks, in order. */
final class Node {
  private record Value(String key, String text) {}

  final String name;
  final List<String> lines = new ArrayList<>();
  private final List<Value> values = new ArrayList<>();
  private final List<Node> children = new ArrayList<>();

  Node(String name) {
    this.name = name;
  }

  void add(Node child) {
    children.add(child);
  }

  void line(String line) {
    lines.add(line);
    int colon = line.indexOf(": ");
    if (colon > 0) {
      values.add(new Value(line.substring(0, colon), line.substring(colon + 2)));
    }
  }

  /** The first value of a key, or "". */
  String value(String key) {
    return values.stream().filter(v -> v.key.equals(key)).map(Value::text).findFirst().orElse("");
  }

  /** The value of a key without the part in parentheses. */
  String word(String key) {
    return value(key).replaceFirst(" ?\\([^()]*\\)$", "");
  }

  /** The number in parentheses after a key's value, or the value itself. */
  long number(String key) {
    return Long.decode(value(key).replaceFirst(".*\\((.*)\\)$", "$1"));
  }

  /** The number in the head of a block: {@code Flags [ (0x5)}. */
  static long headNumber(Stream<Node> blocks) {
    return blocks
        .findFirst()
        .map(block -> Long.decode(block.name.replaceFirst(".*\\((.*)\\)$", "$1")))
        .orElse(0L);
  }

  /** Inner blocks by their first word. */
  Stream<Node> all(String block) {
    return children.stream().filter(c -> c.name.equals(block) || c.name.startsWith(block + " "));
  }

  /** The first inner block of a name; an empty one when there is none. */
  Node one(String block) {
    return all(block).findFirst().orElseGet(() -> new Node(block));
  }
}
