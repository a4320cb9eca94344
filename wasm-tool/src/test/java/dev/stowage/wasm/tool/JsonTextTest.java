package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void everyKindOfValue() {
    assertThat(
            JsonText.text(
                JsonText.object("b", 1, "a", Arrays.asList("x", null, true), "c", 1L << 62)))
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
    assertThat(JsonText.text(Map.of())).isEqualTo("{}");
    assertThat(JsonText.text(JsonText.object("list", List.of(), "map", Map.of())))
        .isEqualTo("{\n  \"list\": [],\n  \"map\": {}\n}");
    assertThatThrownBy(() -> JsonText.text(new Object()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stringsAreEscapedWhereTheyMustBe() {
    assertThat(JsonText.text("a\"b\\c/\u00e9\u007f")).isEqualTo("\"a\\\"b\\\\c/\u00e9\u007f\"");
    assertThat(JsonText.text("\n\t\0")).isEqualTo("\"\\u000a\\u0009\\u0000\"");
    assertThat(JsonText.text("\uD83D\uDEA2 \uDEA2")).isEqualTo("\"\\ud83d\\udea2 \\udea2\"");
  }
}
