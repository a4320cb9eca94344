package dev.stowage.loader.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class FileKindTest {
  private static byte[] machO(int cpu) {
    ByteBuffer head = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    return head.putInt(0xfeedfacf).putInt(cpu).array();
  }

  private static byte[] pe(int header, int machine) {
    ByteBuffer head = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    head.putShort((short) 0x5a4d).putInt(60, header);
    return head.putInt(header, 0x4550).putShort(header + 4, (short) machine).array();
  }

  @Test
  void machinesOfThinFiles() {
    assertThat(FileKind.machines(machO(0x01000007))).containsExactly("x86_64");
    assertThat(FileKind.machines(machO(0x0100000c))).containsExactly("aarch_64");
    assertThat(FileKind.machines(machO(18))).containsExactly("cputype 0x12");
    assertThat(FileKind.machines(pe(128, 0x8664))).containsExactly("x86_64");
    assertThat(FileKind.machines(pe(248, 0xaa64))).containsExactly("aarch_64");
    assertThat(FileKind.machines(pe(248, 0x14c))).containsExactly("x86_32");
  }

  @Test
  void machinesOfUniversalFiles() {
    ByteBuffer head = ByteBuffer.allocate(48).putInt(0xcafebabe).putInt(2);
    head.putInt(8, 0x01000007).putInt(28, 0x0100000c);
    assertThat(FileKind.machines(head.array())).containsExactly("x86_64", "aarch_64");
    head.putInt(4, 52);
    assertThat(FileKind.machines(head.array())).as("a Java class").isEmpty();
  }

  @Test
  void whatIsCutSaysNothing() {
    byte[] whole = pe(248, 0x8664);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThat(FileKind.machines(cut)).isIn(java.util.List.of(), java.util.List.of("x86_64"));
    }
    whole[63] = -1;
    assertThat(FileKind.machines(whole)).as("an offset beyond 2 GB").isEmpty();
  }

  @Test
  void everyNumberHasItsName() {
    assertThat(FileKind.machines(machO(7))).containsExactly("x86_32");
    assertThat(FileKind.machines(pe(248, 0x1c4))).containsExactly("machine 0x1c4");
    ByteBuffer big = ByteBuffer.allocate(8).putInt(0xfeedfacf).putInt(0x0100000c);
    assertThat(FileKind.machines(big.array())).containsExactly("aarch_64");
    ByteBuffer narrow = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(FileKind.machines(narrow.putInt(0xfeedface).putInt(7).array()))
        .containsExactly("x86_32");
  }

  @Test
  void theShortestHeadsThatSayIt() {
    ByteBuffer fat = ByteBuffer.allocate(12).putInt(0xcafebabe).putInt(1).putInt(0x01000007);
    assertThat(FileKind.machines(fat.array())).containsExactly("x86_64");
    assertThat(FileKind.machines(java.util.Arrays.copyOf(fat.array(), 11))).isEmpty();
    ByteBuffer wide = ByteBuffer.allocate(44).putInt(0xcafebabf).putInt(2);
    wide.putInt(8, 0x01000007).putInt(40, 0x0100000c);
    assertThat(FileKind.machines(wide.array())).containsExactly("x86_64", "aarch_64");
    ByteBuffer most = ByteBuffer.allocate(8 + 20 * 20).putInt(0xcafebabe).putInt(20);
    assertThat(FileKind.machines(most.array())).hasSize(20);
    assertThat(FileKind.machines(most.putInt(4, 21).array())).isEmpty();
    ByteBuffer pe = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putShort((short) 0x5a4d);
    pe.putInt(60, 56);
    assertThat(FileKind.machines(pe.array())).isEmpty();
    pe.putInt(60, 0).putInt(0, 0x4550);
    assertThat(FileKind.machines(pe.array())).as("no MZ").isEmpty();
    ByteBuffer last =
        ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN).putShort((short) 0x5a4d);
    last.putInt(60, 64).putInt(64, 0x4550).putShort(68, (short) 0x8664);
    assertThat(FileKind.machines(last.array())).containsExactly("x86_64");
    assertThat(FileKind.machines(java.util.Arrays.copyOf(last.array(), 71))).isEmpty();
  }
}
