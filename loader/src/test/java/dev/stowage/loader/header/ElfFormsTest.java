package dev.stowage.loader.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Classes, byte orders, hash tables, versions and notes that this machine's compiler does not
 * write.
 */
class ElfFormsTest {
  private static final int NONE = 1;
  private static final int GLOBAL = 1;
  private static final int WEAK = 2;

  private static ElfBuilder builder(boolean wide, boolean little) {
    return new ElfBuilder(wide, little, wide ? ElfFile.EM_X86_64 : 40);
  }

  private static ElfBuilder library(boolean wide, boolean little) {
    return builder(wide, little)
        .text(1, "libneeded.so.1")
        .text(1, "libother.so.2")
        .text(14, "libown.so")
        .text(29, "$ORIGIN")
        .entry(30, 8)
        .needs("libneeded.so.1", 2, "NEED_1.0")
        .needs("libneeded.so.1", 0x8003, "NEED_2.0")
        .symbol("imported", GLOBAL, 0, 0, 2)
        .symbol("weakly", WEAK, 0, 0, 0x8003)
        .symbol("unversioned", GLOBAL, 0, 0, NONE)
        .symbol("local", 0, 0, 7, NONE)
        .symbol("shown", GLOBAL, 0, 7, NONE)
        .symbol("hidden", GLOBAL, 2, 7, NONE)
        .symbol("internal", GLOBAL, 1, 7, NONE)
        .symbol("protected", WEAK, 3, 7, NONE);
  }

  private static void holds(ElfFile elf) {
    assertThat(elf.needed()).containsExactly("libneeded.so.1", "libother.so.2");
    assertThat(elf.soname()).isEqualTo("libown.so");
    assertThat(elf.runpath()).isEqualTo("$ORIGIN");
    assertThat(elf.rpath()).isNull();
    assertThat(elf.bindNow()).isTrue();
    assertThat(elf.exported()).containsExactly("protected", "shown");
    assertThat(elf.undefined()).containsExactly("imported", "unversioned", "weakly");
    assertThat(elf.versionNeeds()).hasSize(2);
    VersionNeed first = elf.versionNeeds().get(0);
    assertThat(first.library()).isEqualTo("libneeded.so.1");
    assertThat(first.version()).isEqualTo("NEED_1.0");
    assertThat(first.symbols()).containsExactly("imported");
    assertThat(elf.versionNeeds().get(1).version()).isEqualTo("NEED_2.0");
    assertThat(elf.versionNeeds().get(1).symbols()).containsExactly("weakly");
    assertThat(elf.highestVersion("NEED_")).isEqualTo("NEED_2.0");
    assertThat(elf.loadAlignment()).isEqualTo(0x1000);
    assertThat(elf.hasWritableCode()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void bothClassesAndByteOrdersWithBothHashTables(boolean wide, boolean little) throws Exception {
    ElfFile elf = ElfFile.read(library(wide, little).build());
    assertThat(elf.is64Bit()).isEqualTo(wide);
    assertThat(elf.isLittleEndian()).isEqualTo(little);
    assertThat(elf.machineName()).isEqualTo(wide ? "x86_64" : "arm_32");
    assertThat(elf.machine()).isEqualTo(wide ? ElfFile.EM_X86_64 : 40);
    holds(elf);
    holds(ElfFile.read(library(wide, little).gnuHash().build()));
  }

  /** A GNU hash table lists exports only, so that the number of imports shows elsewhere. */
  @ParameterizedTest
  @CsvSource({"true,true", "false,false"})
  void importsOfALibraryWithoutExportsAreFound(boolean wide, boolean little) throws Exception {
    ElfFile elf =
        ElfFile.read(
            builder(wide, little)
                .symbol("one", GLOBAL, 0, 0, NONE)
                .symbol("two", GLOBAL, 0, 0, NONE)
                .symbol("three", WEAK, 0, 0, NONE)
                .gnuHash()
                .build());
    assertThat(elf.undefined()).containsExactly("one", "three", "two");
    assertThat(elf.exported()).isEmpty();
    assertThat(elf.versionNeeds()).isEmpty();
  }

  @Test
  void s390xAloneHasHashTablesOfLongWords() throws Exception {
    ElfBuilder s390 = new ElfBuilder(true, false, 22).longHash();
    assertThat(ElfFile.read(s390.symbol("shown", GLOBAL, 0, 7, NONE).build()).exported())
        .containsExactly("shown");
    ElfBuilder narrow = new ElfBuilder(false, false, 22);
    assertThat(ElfFile.read(narrow.symbol("shown", GLOBAL, 0, 7, NONE).build()).exported())
        .containsExactly("shown");
  }

  @Test
  void machinesHaveTheNamesOfTheTargetsTable() throws Exception {
    Map<Integer, String> names =
        Map.ofEntries(
            Map.entry(62, "x86_64"),
            Map.entry(183, "aarch_64"),
            Map.entry(3, "x86_32"),
            Map.entry(40, "arm_32"),
            Map.entry(8, "mips"),
            Map.entry(20, "ppc_32"),
            Map.entry(21, "ppc_64"),
            Map.entry(22, "s390"),
            Map.entry(243, "riscv"),
            Map.entry(258, "loongarch"),
            Map.entry(999, "machine 999"));
    for (Map.Entry<Integer, String> name : names.entrySet()) {
      byte[] file = new ElfBuilder(true, true, name.getKey()).build();
      assertThat(ElfFile.read(file).machineName()).isEqualTo(name.getValue());
    }
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void buildIdAndPropertiesAreInNotes(boolean wide, boolean little) throws Exception {
    byte[] id = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff};
    ElfBuilder elf = builder(wide, little).note("Other", 3, new byte[] {9, 9, 9});
    elf.note("GNU", 1, new byte[16]).note("GNU", 3, id);
    ElfFile read = ElfFile.read(elf.build());
    assertThat(read.buildId()).isEqualTo("00017f80ff");
    assertThat(read.properties()).isEmpty();
    assertThat(ElfFile.read(builder(wide, little).build()).buildId()).isNull();
    assertThat(ElfFile.read(builder(wide, little).note("GNX", 3, id).build()).buildId()).isNull();
  }

  private static List<String> properties(int machine, boolean wide, int... typesAndValues)
      throws Exception {
    ElfBuilder elf = new ElfBuilder(wide, true, machine).noteAlign(wide ? 8 : 4);
    byte[] all = {};
    for (int i = 0; i < typesAndValues.length; i += 2) {
      byte[] one = elf.property(typesAndValues[i], typesAndValues[i + 1]);
      all = Arrays.copyOf(all, all.length + one.length);
      System.arraycopy(one, 0, all, all.length - one.length, one.length);
    }
    ElfFile read = ElfFile.read(elf.note("GNU", 5, all).note("GNU", 3, new byte[] {1}).build());
    assertThat(read.buildId()).as("the note behind it").isEqualTo("01");
    return read.properties();
  }

  @Test
  void propertiesBelongToTheirMachines() throws Exception {
    int x86 = ElfFile.EM_X86_64;
    int arm = ElfFile.EM_AARCH64;
    int features = 0xc0000002;
    int needed = 0xc0008002;
    int armFeatures = 0xc0000000;
    assertThat(properties(x86, true, features, 3)).containsExactly("IBT", "SHSTK");
    assertThat(properties(x86, true, features, 1)).containsExactly("IBT");
    assertThat(properties(x86, true, features, 2)).containsExactly("SHSTK");
    assertThat(properties(x86, true, needed, 0b1001))
        .containsExactly("x86-64-baseline", "x86-64-v4");
    assertThat(properties(x86, true, needed, 0b110)).containsExactly("x86-64-v2", "x86-64-v3");
    assertThat(properties(x86, true, features, 1, needed, 2, 0xc0008000, 15))
        .containsExactly("IBT", "x86-64-v2");
    assertThat(properties(arm, true, armFeatures, 3)).containsExactly("BTI", "PAC");
    assertThat(properties(arm, true, armFeatures, 2)).containsExactly("PAC");
    assertThat(properties(arm, true, features, 3, needed, 1)).isEmpty();
    assertThat(properties(x86, true, armFeatures, 3)).isEmpty();
    assertThat(properties(x86, false, features, 1, needed, 1))
        .as("the ABI with 32-bit words")
        .containsExactly("IBT", "x86-64-baseline");
  }

  @Test
  void aNoteThatIsLongerThanItsSegmentIsRefused() {
    byte[] file = builder(true, true).note("GNU", 3, new byte[] {1, 2, 3, 4}).build();
    byte[] cut = Arrays.copyOf(file, file.length);
    cut[file.length - 16] = 5; // The size of its content.
    assertThat(file[file.length - 16]).isEqualTo((byte) 4);
    assertThatThrownBy(() -> ElfFile.read(cut))
        .isInstanceOf(HeaderException.class)
        .hasMessage("truncated or damaged: a note is longer than its segment");
  }
}
