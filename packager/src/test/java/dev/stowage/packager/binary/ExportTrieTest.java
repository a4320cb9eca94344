package dev.stowage.packager.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.loader.header.HeaderException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Export tries, byte by byte: a node is content, number of edges, and name and offset of each. */
class ExportTrieTest {
  private static List<String> names(int... trie) throws HeaderException {
    byte[] bytes = new byte[trie.length];
    for (int i = 0; i < trie.length; i++) {
      bytes[i] = (byte) trie[i];
    }
    return new ExportTrie(Bytes.of(bytes)).names();
  }

  @Test
  void onlyANodeWithContentEndsAName() throws Exception {
    assertThat(names(0, 1, 'a', 0, 5, 0, 1, 'b', 0, 10, 1, 7, 0)).containsExactly("ab");
    assertThat(names(0, 1, 'a', 0, 5, 1, 7, 1, 'b', 0, 11, 1, 7, 0))
        .containsExactlyInAnyOrder("a", "ab");
  }

  @Test
  void severalEdgesLeaveANode() throws Exception {
    assertThat(names(0, 2, 'a', 0, 8, 'b', 0, 11, 1, 7, 0, 1, 7, 0))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aTrieThatLeadsBackIsRefused() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> names(0, 1, 'a', 0, 0))
                .isInstanceOf(HeaderException.class)
                .hasMessageContaining("does not end"));
    assertThatThrownBy(() -> names(0, 1, 'a', 0, 5)).hasMessageContaining("does not end");
  }
}
