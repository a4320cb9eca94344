package dev.stowage.wasm.internal;

import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.wasm.Fails;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordsTest {
  @Test
  void writesLittleEndianWithoutPadding() {
    byte[] record =
        new RecordWriter()
            .u8(3)
            .u32(0x01020304)
            .u64(-2)
            .str("it", "\u00e9")
            .bytes(new byte[0])
            .toBytes();
    assertThat(HexFormat.of().formatHex(record))
        .isEqualTo("03" + "04030201" + "feffffffffffffff" + "02000000" + "c3a9" + "00000000");
    assertThat(new RecordWriter().toBytes()).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = new byte[random.nextInt(2000)];
      random.nextBytes(bytes);
      String text = "\uD83D\uDEA2\0".repeat(random.nextInt(300));
      long slot = random.nextLong();
      byte[] record = new RecordWriter().u64(slot).str("it", text).u32(1).bytes(bytes).toBytes();
      RecordReader in = new RecordReader("it", record);
      assertThat(in.u64()).isEqualTo(slot);
      assertThat(in.str()).isEqualTo(text);
      assertThat(in.list(RecordReader::str)).containsExactly(new String(bytes, UTF_8));
      in.end();
    }
  }

  @Test
  void holdsSixtyFourMebibytes() {
    byte[] bytes = new byte[64 << 20];
    Arrays.fill(bytes, (byte) 7);
    byte[] record = new RecordWriter().u8(1).bytes(bytes).toBytes();
    assertThat(record.length).isEqualTo(5 + bytes.length);
    assertThat(record[record.length - 1]).isEqualTo((byte) 7);
  }

  @Test
  void loneSurrogatesDoNotCross() {
    Fails.with(INVALID_ARGUMENT, () -> new RecordWriter().str("argument 2", "a\uDEA2"))
        .startsWith("argument 2: lone surrogate U+DEA2 at index 1;");
  }
}
