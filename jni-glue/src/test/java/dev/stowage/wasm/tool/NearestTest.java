package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void findsWhatWasMeant() {
    assertThat(command("docter")).isEqualTo("doctor");
    assertThat(command("rn")).isEqualTo("run");
    assertThat(command("Pull")).isEqualTo("pull");
    assertThat(command("dmeo")).isEqualTo("demo");
    assertThat(command("version")).isEqualTo("--version");
  }

  @Test
  void guessesNothingFarAway() {
    for (String word : new String[] {"frobnicate", "x", "rrrn", "desc", "", "doctor.wasm"}) {
      assertThat(command(word)).as(word).isNull();
    }
  }

  @Test
  void distanceCountsSingleMistakes() {
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("dmeo", "demo")).isEqualTo(1);
    assertThat(Nearest.distance("same", "same")).isZero();
  }

  private static String command(String word) {
    return Nearest.of(word, Commands.firstWords());
  }
}
