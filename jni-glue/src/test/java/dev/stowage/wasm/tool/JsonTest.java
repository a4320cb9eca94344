package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void everyKindOfValue() {
    assertThat(Json.text(Json.object("b", 1, "a", Arrays.asList("x", null, true), "c", 1L << 62)))
        .isEqualTo(
            """
            {
              "b": 1,
              "a": [
                "x",
                null,
                true
              ],
              "c": 4611686018427387904
            }""");
    assertThat(Json.text(Map.of())).isEqualTo("{}");
    assertThat(Json.text(Json.object("list", List.of(), "map", Map.of())))
        .isEqualTo("{\n  \"list\": [],\n  \"map\": {}\n}");
    assertThatThrownBy(() -> Json.text(new Object())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stringsAreEscapedWhereTheyMustBe() {
    assertThat(Json.text("a\"b\\c/\u00e9\u007f")).isEqualTo("\"a\\\"b\\\\c/\u00e9\u007f\"");
    assertThat(Json.text("\n\t\0")).isEqualTo("\"\\u000a\\u0009\\u0000\"");
    assertThat(Json.text("\uD83D\uDEA2 \uDEA2")).isEqualTo("\"\\ud83d\\udea2 \\udea2\"");
  }
}
