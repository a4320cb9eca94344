package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the help of each command with a committed file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HelpTextTest {
  private static final Path SNAPSHOTS = Path.of("src/test/resources/dev/stowage/wasm/tool/help");

  static Stream<String> commands() {
    return Stream.of(ToolCommand.values()).map(ToolCommand::toString);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void ofACommand(String command) throws IOException {
    String found = ToolRun.good(command, "--help");
    assertThat(found).isEqualTo(Files.readString(SNAPSHOTS.resolve(command + ".txt")));
    assertThat(found.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void ofTheTool() throws IOException {
    String expected = Files.readString(SNAPSHOTS.resolve("stowage-wasm.txt"));
    for (String word : new String[] {"--help", "-h", "help"}) {
      assertThat(ToolRun.good(word)).isEqualTo(expected);
    }
    assertThat(expected.lines()).allMatch(line -> line.length() <= 80);
    assertThat(ToolRun.run()).isEqualTo(new ToolRun(2, expected, ""));
  }

  @Test
  void noSnapshotIsLeftOver() throws IOException {
    try (Stream<Path> files = Files.list(SNAPSHOTS)) {
      TreeSet<String> expected =
          commands().map(name -> name + ".txt").collect(Collectors.toCollection(TreeSet::new));
      expected.add("stowage-wasm.txt");
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }
}
