package dev.stowage.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.platform.Targets;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Files for systems on which the tests do not run. */
class HeaderDiagnosisTest {
  private static final File FILE = new File("core");

  private static byte[] pe(int machine) {
    ByteBuffer head = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    head.putShort((short) 0x5a4d).putInt(60, 128).putInt(128, 0x4550);
    return head.putShort(132, (short) machine).array();
  }

  @Test
  void aDllOfAnotherMachineIsNamed() {
    assertThat(HeaderDiagnosis.header(FILE, pe(0x8664), Targets.byClassifier("windows-x86_64")))
        .isNull();
    assertThat(
            HeaderDiagnosis.header(FILE, pe(0xaa64), Targets.byClassifier("windows-x86_64")).found)
        .isEqualTo("core: a library for aarch_64; this JVM needs windows-x86_64");
  }

  @Test
  void aDylibOfAnotherMachineIsNamed() {
    byte[] dylib =
        ByteBuffer.allocate(32)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(0xfeedfacf)
            .putInt(0x01000007)
            .array();
    assertThat(HeaderDiagnosis.header(FILE, dylib, Targets.byClassifier("osx-x86_64"))).isNull();
    assertThat(HeaderDiagnosis.header(FILE, dylib, Targets.byClassifier("osx-aarch_64")).found)
        .isEqualTo("core: a library for x86_64; this JVM needs osx-aarch_64");
    assertThat(HeaderDiagnosis.header(FILE, pe(0x8664), Targets.byClassifier("osx-aarch_64")).found)
        .contains("a PE file");
  }
}
