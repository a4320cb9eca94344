package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void findsWhatWasMeant() {
    assertThat(Nearest.command("docter")).isEqualTo("doctor");
    assertThat(Nearest.command("rn")).isEqualTo("run");
    assertThat(Nearest.command("Pull")).isEqualTo("pull");
    assertThat(Nearest.command("dmeo")).isEqualTo("demo");
    assertThat(Nearest.command("version")).isEqualTo("--version");
  }

  @Test
  void guessesNothingFarAway() {
    for (String word : new String[] {"frobnicate", "x", "rrrn", "desc", "", "doctor.wasm"}) {
      assertThat(Nearest.command(word)).as(word).isNull();
    }
  }

  @Test
  void distanceCountsSingleMistakes() {
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("dmeo", "demo")).isEqualTo(1);
    assertThat(Nearest.distance("same", "same")).isZero();
  }
}
