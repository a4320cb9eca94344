package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessagesTest {
  @Test
  void verbsEndInOneColumn() {
    assertThat(Messages.line("Ran", "x")).isEqualTo("         Ran  x");
    assertThat(Messages.line("Described", "x")).isEqualTo("   Described  x");
    assertThat(Messages.timed("Ran", "x", 1_234_567))
        .startsWith("         Ran  x")
        .endsWith("     1.2 ms");
  }

  @Test
  void helpFitsATerminalAndNamesEveryCommand() {
    assertThat(Messages.HELP.lines()).allMatch(line -> line.length() <= 80);
    assertThat(Messages.HELP)
        .contains("  doctor ", "  describe ", "  run ", "  pull ", "  demo ", "Exit codes: 0 done");
  }

  @Test
  void oneIsNotMany() {
    assertThat(Messages.module("m", 1, 0, 1)).isEqualTo("m: 1 byte, 0 imports, 1 export");
  }
}
