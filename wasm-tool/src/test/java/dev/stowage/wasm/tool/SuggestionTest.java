package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

class SuggestionTest {
  @Test
  void findsWhatWasMeant() {
    assertThat(Suggestion.firstWord("docter")).isEqualTo("doctor");
    assertThat(Suggestion.firstWord("descrbie")).isEqualTo("describe");
    assertThat(Suggestion.firstWord("rum")).isEqualTo("run");
    assertThat(Suggestion.firstWord("Pull")).isEqualTo("pull");
    assertThat(Suggestion.firstWord("desc")).isEqualTo("describe");
    assertThat(Suggestion.firstWord("version")).isEqualTo("--version");
    assertThat(Suggestion.firstWord("--hepl")).isEqualTo("--help");
  }

  @Test
  void guessesNothingFarAway() {
    for (String word : new String[] {"frobnicate", "x", "rrrn", "", "--", "a\0b"}) {
      assertThat(Suggestion.firstWord(word)).as(word).isNull();
    }
  }

  @Test
  void optionsAreFoundByTheirFirstTwoLetters() {
    CommandSpec pull = CommandModel.of(ToolCommand.PULL);
    assertThat(Suggestion.option(pull, "--usernme")).isEqualTo("--username");
    assertThat(Suggestion.option(pull, "--tiemout")).isEqualTo("--timeout");
    assertThat(Suggestion.option(pull, "-json")).isEqualTo("--json");
    assertThat(Suggestion.option(pull, "--frob")).isNull();
  }
}
