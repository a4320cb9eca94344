package dev.stowage.packager.binary;

import dev.stowage.loader.header.HeaderException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * The names of an export trie: edges have parts of names, and a node with content ends a name. Each
 * node must be reached once; otherwise reading a damaged trie might never end.
 */
final class ExportTrie {
  private record Node(long at, String prefix) {}

  private final Bytes trie;
  private final BitSet seen = new BitSet();
  private final Deque<Node> open = new ArrayDeque<>();
  private final List<String> names = new ArrayList<>();

  ExportTrie(Bytes trie) {
    this.trie = trie;
  }

  List<String> names() throws HeaderException {
    open.push(new Node(0, ""));
    while (!open.isEmpty()) {
      visit(open.pop());
    }
    return names;
  }

  private void visit(Node node) throws HeaderException {
    if (node.at >= trie.size() || seen.get((int) node.at)) {
      throw new HeaderException("truncated or damaged: the export trie does not end");
    }
    seen.set((int) node.at);
    Uleb uleb = new Uleb(trie, node.at);
    long content = uleb.next();
    if (content != 0) {
      names.add(node.prefix);
    }
    long at = uleb.at() + content;
    if (content < 0 || at < 0) {
      throw new HeaderException("truncated or damaged: a node of the export trie");
    }
    int children = trie.u8(at);
    at++;
    for (int i = 0; i < children; i++) {
      int length = trie.length(at);
      trie.charge(node.prefix.length());
      String edge = trie.text(at);
      Uleb child = new Uleb(trie, at + length + 1);
      long offset = child.next();
      if (offset < 0) {
        throw new HeaderException("truncated or damaged: a node of the export trie");
      }
      open.push(new Node(offset, node.prefix + edge));
      at = child.at();
    }
  }
}
