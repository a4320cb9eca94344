package dev.stowage.wasm.internal;

import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.wasm.Fails;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class Utf8Test {
  @Test
  void everyCodePointButSurrogatesIsEncoded() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String text = "a" + new String(Character.toChars(c)) + "b";
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        Fails.with(INVALID_ARGUMENT, () -> Utf8.of("it", text)).contains("at index 1");
      } else {
        assertThat(new String(Utf8.of("it", text), UTF_8)).isEqualTo(text);
      }
    }
  }

  @Test
  void nulIsOneByteAndPairsAreFour() {
    assertThat(Utf8.of("it", "\0")).containsExactly(0);
    assertThat(Utf8.of("it", "\uD83D\uDEA2")).containsExactly(0xf0, 0x9f, 0x9a, 0xa2);
    assertThat(Utf8.of("it", "")).isEmpty();
  }

  @Test
  void reversedPairIsTwoLoneSurrogates() {
    Fails.with(INVALID_ARGUMENT, () -> Utf8.of("it", "\uD83D\uDEA2\uDEA2\uD83D"))
        .isEqualTo(
            "it: lone surrogate U+DEA2 at index 2; only valid Unicode can be passed to native code");
  }

  @Test
  void nullIsNamed() {
    assertThatThrownBy(() -> Utf8.of("export name", null)).hasMessage("export name");
    assertThatThrownBy(() -> Utf8.path("file", null)).hasMessage("file");
  }

  @Test
  void pathsCrossAsAbsolute() {
    String sent = new String(Utf8.path("file", Path.of("x")), UTF_8);
    assertThat(sent).isEqualTo(Path.of("x").toAbsolutePath().toString());
  }
}
