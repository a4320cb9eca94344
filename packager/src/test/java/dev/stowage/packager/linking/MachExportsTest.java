package dev.stowage.packager.linking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.fixture.TargetCompiler;
import dev.stowage.testing.CCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Mach-O library exports exactly the list, although zig's linker exports everything. */
class MachExportsTest {
  @TempDir Path directory;

  private Path library(String target, String source) {
    CCompiler.assumeZig();
    List<String> visible = List.of("-fvisibility=default");
    return TargetCompiler.stripped(target, directory.resolve("libx.dylib"), source, visible);
  }

  @Test
  void leavesTheListedOnesOnly() throws Exception {
    for (String target : List.of("x86_64-macos.12.0", "aarch64-macos.12.0")) {
      Path file =
          library(target, "int keep(void){return 1;} int kept(void){return 2;} int hide = 3;");
      assertThat(Binary.read(file).exported()).contains("keep", "kept", "hide");
      long size = Files.size(file);
      MachExports.keep(file, List.of("kept", "keep"));
      assertThat(Binary.read(file).exported()).containsExactly("keep", "kept");
      assertThat(file).hasSize(size);
    }
  }

  /** Many symbols with common prefixes, so that offsets in the trie need more than one byte. */
  @Test
  void writesTriesOfAnySize() throws Exception {
    StringBuilder source = new StringBuilder();
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      source.append("int symbol_").append(i).append("(void){return ").append(i).append(";}\n");
      if (i % 3 != 0) {
        kept.add("symbol_" + i);
      }
    }
    Path file = library("aarch64-macos.12.0", source.toString());
    MachExports.keep(file, kept);
    assertThat(Binary.read(file).exported()).containsExactlyInAnyOrderElementsOf(kept);
  }

  /** Otherwise a valid signature would become invalid. */
  @Test
  void aLibraryThatIsRightAlreadyKeepsItsBytes() throws Exception {
    Path file = library("aarch64-macos.12.0", "int keep(void){return 1;}");
    List<String> all = List.copyOf(Binary.read(file).exported());
    byte[] before = Files.readAllBytes(file);
    MachExports.keep(file, all);
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void refusesWhatIsNoLibrary() throws Exception {
    Path text = Files.writeString(directory.resolve("text"), "x".repeat(100));
    assertThatThrownBy(() -> MachExports.keep(text, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("not a 64-bit Mach-O file");
    Path file = library("x86_64-macos.12.0", "int keep(void){return 1;}");
    byte[] half = java.util.Arrays.copyOf(Files.readAllBytes(file), 600);
    Files.write(file, half);
    assertThatThrownBy(() -> MachExports.keep(file, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("damaged Mach-O file");
    assertThat(file).hasBinaryContent(half);
  }
}
