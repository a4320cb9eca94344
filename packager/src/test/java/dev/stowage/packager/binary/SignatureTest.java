package dev.stowage.packager.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.platform.Format;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Validity of code signatures, which LLVM does not check. */
class SignatureTest {
  @Test
  void releasedSignaturesHold() throws Exception {
    int signed = 0;
    for (Path file : RealLibraries.files(Format.MACH_O, 70)) {
      Signature signature = ((MachOBinary) Binary.read(file)).signature();
      assertThat(signature.damage()).as(file.toString()).isEmpty();
      signed += signature.kind() == Signature.Kind.IDENTITY ? 1 : 0;
    }
    assertThat(signed).isGreaterThanOrEqualTo(70);
  }

  @Test
  void oneBitAnywhereBreaksIt() throws Exception {
    Path file = RealLibraries.files(Format.MACH_O, 70).get(0);
    byte[] content = Files.readAllBytes(file);
    MachOBinary good = (MachOBinary) Binary.read(content);
    Section code =
        good.sections().stream().filter(s -> s.name().equals("__TEXT,__text")).findFirst().get();
    content[(int) code.offset() + 5] ^= 4;
    Signature bad = ((MachOBinary) Binary.read(content)).signature();
    List<String> damage = bad.damage();
    assertThat(damage).hasSize(1);
    assertThat(damage.get(0)).matches("the sha256 of 1 of \\d+ pages is of another content, .*");
    assertThat(bad.identifier()).isEqualTo(good.signature().identifier());
    assertThat(bad.teamId()).isEqualTo("JCDTMS22B4");
    assertThat(bad.hardenedRuntime()).isTrue();
    assertThat(bad.linkerSigned()).isFalse();
  }
}
