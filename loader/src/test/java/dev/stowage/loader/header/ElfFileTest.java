package dev.stowage.loader.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.stowage.loader.child.SampleLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfFileTest {
  @TempDir static Path directory;
  private static Path library;
  private static byte[] content;

  @BeforeAll
  static void compile() throws Exception {
    library = directory.resolve("libheader.so.1");
    SampleLibrary.shared(
        library,
        "header.c",
        "-s",
        "-Wl,-z,now",
        "-Wl,-z,relro",
        "-Wl,-z,nodelete",
        "-lm",
        "-Wl,--no-as-needed",
        "-Wl,--enable-new-dtags");
    content = Files.readAllBytes(library);
  }

  @Test
  void readsAStrippedLibrary() throws Exception {
    ElfFile elf = ElfFile.read(library.toFile());
    assertThat(elf.is64Bit()).isTrue();
    assertThat(elf.isLittleEndian()).isTrue();
    assertThat(elf.type()).isEqualTo(ElfFile.ET_DYN);
    assertThat(elf.soname()).isEqualTo("libheader.so.1");
    assertThat(elf.needed()).contains("libc.so.6");
    assertThat(elf.runpath()).isEqualTo("$ORIGIN:$ORIGIN/..");
    assertThat(elf.rpath()).isNull();
    assertThat(elf.interpreter()).isNull();
    assertThat(elf.exported())
        .contains("shown", "weak_one")
        .doesNotContain("hidden_one", "local_one");
    assertThat(elf.undefined()).contains("memcpy").doesNotContain("shown");
    assertThat(elf.bindNow()).isTrue();
    assertThat(elf.noDelete()).isTrue();
    assertThat(elf.hasRelro()).isTrue();
    assertThat(elf.textRelocations()).isFalse();
    assertThat(elf.staticTls()).isFalse();
    assertThat(elf.requiresExecutableStack()).isFalse();
    assertThat(elf.hasWritableCode()).isFalse();
    assertThat(elf.loadAlignment()).isGreaterThanOrEqualTo(4096);
  }

  @Test
  void namesTheSymbolsThatNeedAVersion() throws Exception {
    ElfFile elf = ElfFile.read(content);
    assertThat(elf.highestVersion("GLIBC_")).matches("GLIBC_2\\.\\d+");
    assertThat(elf.versionNeeds())
        .filteredOn(need -> need.symbols().contains("memcpy"))
        .singleElement()
        .satisfies(need -> assertThat(need.library()).isEqualTo("libc.so.6"));
  }

  @Test
  void flagsFollowTheLinkersOptions() throws Exception {
    Path other = directory.resolve("libother.so");
    SampleLibrary.shared(
        other,
        "header.c",
        "-Wl,-z,lazy",
        "-Wl,-z,norelro",
        "-Wl,-z,execstack",
        "-Wl,--disable-new-dtags",
        "-ftls-model=initial-exec",
        "-DTLS",
        "-Wl,--hash-style=sysv");
    ElfFile elf = ElfFile.read(other.toFile());
    assertThat(elf.bindNow()).isFalse();
    assertThat(elf.noDelete()).isFalse();
    assertThat(elf.hasRelro()).isFalse();
    assertThat(elf.requiresExecutableStack()).isTrue();
    assertThat(elf.rpath()).isEqualTo("$ORIGIN:$ORIGIN/..");
    assertThat(elf.runpath()).isNull();
    assertThat(elf.staticTls()).isTrue();
    assertThat(elf.exported()).contains("shown");
  }

  @Test
  void readsTheProgramThisJvmIs() throws Exception {
    ElfFile elf = ElfFile.read(Path.of("/proc/self/exe").toRealPath().toFile());
    assertThat(elf.interpreter()).startsWith("/");
    assertThat(elf.machineName()).isIn("x86_64", "aarch_64");
  }

  @Test
  void readsOtherClassesAndByteOrders() throws Exception {
    byte[] big32 = new byte[52 + 32];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 1, 2, 1}, 0, big32, 0, 7);
    big32[17] = 3; // ET_DYN
    big32[19] = 20; // EM_PPC
    big32[31] = 52; // e_phoff
    big32[43] = 32; // e_phentsize
    big32[45] = 1; // e_phnum
    System.arraycopy(new byte[] {0x64, 0x74, (byte) 0xe5, 0x51}, 0, big32, 52, 4); // PT_GNU_STACK
    big32[52 + 27] = 7;
    ElfFile elf = ElfFile.read(big32);
    assertThat(elf.is64Bit()).isFalse();
    assertThat(elf.isLittleEndian()).isFalse();
    assertThat(elf.machineName()).isEqualTo("ppc_32");
    assertThat(elf.requiresExecutableStack()).isTrue();
    assertThat(elf.needed()).isEmpty();
  }

  @Test
  void otherFormatsAreNamed() {
    assertNamed(new byte[] {(byte) 0xcf, (byte) 0xfa, (byte) 0xed, (byte) 0xfe}, "Mach-O");
    assertNamed(new byte[] {'M', 'Z', 0, 0, 0}, "PE file");
    assertNamed(new byte[0], "empty");
    assertNamed(
        "version https://git-lfs.github.com/spec/v1".getBytes(StandardCharsets.UTF_8), "Git LFS");
    assertNamed("\n<!DOCTYPE html>".getBytes(StandardCharsets.UTF_8), "web page");
    assertNamed("hello, this is a text".getBytes(StandardCharsets.UTF_8), "not a library format");
  }

  private static void assertNamed(byte[] bytes, String sentence) {
    assertThatThrownBy(() -> ElfFile.read(bytes))
        .isInstanceOf(HeaderException.class)
        .hasMessageContaining(sentence);
  }

  /**
   * Reads the file; any exception but HeaderException fails the test. Returns whether it could be
   * read.
   */
  private static boolean survives(byte[] bytes, String what) {
    try {
      ElfFile.read(bytes);
      return true;
    } catch (HeaderException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return false;
    } catch (IOException | RuntimeException | Error e) {
      return fail(what, e);
    }
  }

  @Test
  void truncationAtEveryOffsetIsReadOrRefused() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          int refused = 0;
          for (int length = 0; length < content.length; length++) {
            refused += survives(Arrays.copyOf(content, length), "cut at " + length) ? 0 : 1;
          }
          assertThat(refused).isGreaterThan(1000);
        });
  }

  @Test
  void everyFlippedBitIsReadOrRefused() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          byte[] bytes = content.clone();
          // The first two pages contain headers, symbols and versions; the rest is code.
          for (int bit = 0; bit < Math.min(content.length, 4096) * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            survives(bytes, "bit " + bit);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
          }
        });
  }

  @Test
  void randomDamageIsReadOrRefused() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          Random random = new Random(20261121);
          for (int round = 0; round < 20_000; round++) {
            byte[] bytes = content.clone();
            for (int i = random.nextInt(20); i >= 0; i--) {
              int at = random.nextInt(bytes.length);
              bytes[at] = random.nextBoolean() ? (byte) 0xff : (byte) random.nextInt();
            }
            survives(bytes, "round " + round);
          }
        });
  }

  @Test
  void randomBytesBehindAMagicAreReadOrRefused() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(2048)];
      random.nextBytes(bytes);
      byte[] magic = {
        0x7f, 'E', 'L', 'F', (byte) (1 + random.nextInt(2)), (byte) (1 + random.nextInt(2))
      };
      System.arraycopy(magic, 0, bytes, 0, Math.min(magic.length, bytes.length));
      survives(bytes, "round " + round);
    }
  }

  @Test
  void versionsCompareByNumber() {
    assertThat(VersionNeed.compareVersions("GLIBC_2.9", "GLIBC_2.34")).isNegative();
    assertThat(VersionNeed.compareVersions("GLIBC_2.34", "GLIBC_2.34")).isZero();
    assertThat(VersionNeed.compareVersions("GLIBC_2.2.5", "GLIBC_2.2")).isPositive();
  }

  @Test
  void findsContractMarksWhereverTheyStand() {
    String digest = "0123456789abcdef".repeat(4);
    String mark = "stowage-contract:" + digest;
    for (int before : List.of(0, 1, 65535 - 40, 65536, 200_000)) {
      String text = "x".repeat(before) + mark;
      assertThat(marks(text + "y".repeat(100))).containsExactly(digest);
      assertThat(marks(text + mark)).as("two").containsExactly(digest, digest);
      assertThat(marks(text.substring(0, text.length() - 1))).as("cut off").isEmpty();
    }
    assertThat(marks(mark.replace('f', 'F'))).as("upper case").isEmpty();
    assertThat(marks("::::")).isEmpty();
  }

  private static List<String> marks(String content) {
    return ContractMark.find(content.getBytes(StandardCharsets.US_ASCII));
  }
}
