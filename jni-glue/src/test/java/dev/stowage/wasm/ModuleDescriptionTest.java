package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.INTERNAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ModuleDescriptionTest {
  /**
   * One import "m" "n" func "t", one export "e" memory "u", memory "v", table "w", global "x",
   * custom section "c" of 3 bytes at 4096, producer "f" "p" "1", feature "q".
   */
  private static final byte[] GOOD =
      HexFormat.of()
          .parseHex(
              "01000000"
                  + ("01000000" + "010000006d" + "010000006e" + "00" + "0100000074")
                  + ("01000000" + "0100000065" + "02" + "0100000075")
                  + ("01000000"
                      + "0100000076"
                      + "01000000"
                      + "0100000077"
                      + "01000000"
                      + "0100000078")
                  + ("01000000" + "0100000063" + "0010000000000000" + "0300000000000000")
                  + ("01000000" + "0100000066" + "0100000070" + "0100000031")
                  + ("01000000" + "0100000071"));

  @Test
  void readsFormatOne() {
    ModuleDescription description = ModuleDescription.read(GOOD);
    assertThat(description.imports())
        .extracting(ModuleDescription.Import::type)
        .containsExactly("t");
    assertThat(description.exports())
        .extracting(ModuleDescription.Export::kind)
        .containsExactly(ModuleDescription.Kind.MEMORY);
    assertThat(description.memories()).containsExactly("v");
    assertThat(description.tables()).containsExactly("w");
    assertThat(description.globals()).containsExactly("x");
    assertThat(description.customSections())
        .extracting(s -> s.name() + " " + s.offset() + " " + s.size())
        .containsExactly("c 4096 3");
    assertThat(description.producers())
        .extracting(p -> p.field() + " " + p.name() + " " + p.version())
        .containsExactly("f p 1");
    assertThat(description.features()).containsExactly("q");
  }

  @Test
  void everyTruncationIsAnError() {
    for (int length = 0; length < GOOD.length; length++) {
      byte[] part = Arrays.copyOf(GOOD, length);
      Fails.with(INTERNAL, () -> ModuleDescription.read(part)).contains("end of data");
    }
  }

  @Test
  void everyOtherFaultIsNamedWithItsPlace() {
    Fails.with(INTERNAL, () -> ModuleDescription.read(Arrays.copyOf(GOOD, GOOD.length + 1)))
        .contains("1 bytes too many");
    Fails.with(INTERNAL, () -> ModuleDescription.read(changed(0, 2)))
        .isEqualTo(
            "the description from the native core cannot be read: format 2 where 1 is known at"
                + " byte 4");
    Fails.with(INTERNAL, () -> ModuleDescription.read(changed(18, 9))).contains("kind 9");
    Fails.with(INTERNAL, () -> ModuleDescription.read(changed(7, 0xff))).contains("above");
  }

  private static byte[] changed(int at, int value) {
    byte[] bytes = GOOD.clone();
    bytes[at] = (byte) value;
    return bytes;
  }
}
