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
}
