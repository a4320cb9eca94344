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
  }

  @Test
  void distanceIsLevenshteins() {
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("same", "same")).isZero();
  }
}
