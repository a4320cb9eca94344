package dev.stowage.packager.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.binary.MachOBinary;
import dev.stowage.packager.fixture.CrossTools;
import dev.stowage.packager.fixture.LlvmTools;
import dev.stowage.packager.fixture.TargetCompiler;
import dev.stowage.packager.tool.ToolBox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Splits libraries of each format that zig linked. */
class DebugSymbolsTest {
  private static final String SOURCE =
      """
      static __attribute__((noinline)) int secret_helper(int *p, int n) { return p[n] + n; }
      __attribute__((visibility("default"))) int boom(int *p, int n) {
        return secret_helper(p, n * 2) * 3;
      }
      """;

  @TempDir private Path dir;

  /** The result of a split. */
  private record Split(String id, Path stripped, Path debug) {}

  private static Target target(String classifier) {
    return Targets.byClassifier(classifier);
  }

  /** Builds in a separate directory, so that every path in the debug information differs. */
  private Split split(String classifier, String where) throws IOException {
    Target target = target(classifier);
    Path at = Files.createDirectories(dir.resolve(where).resolve("out"));
    String name = target.libraryName("boom");
    Path made =
        TargetCompiler.library(
            at.resolveSibling(name), classifier, SOURCE, List.of("-g", "-gdwarf-4"));
    Path stripped = at.resolve(name);
    Path debug = at.resolveSibling(name + ".debug");
    String id = new DebugSymbols(CrossTools.box()).split(made, target, stripped, debug);
    return new Split(id, stripped, debug);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"linux-x86_64", "linux-aarch_64", "osx-x86_64", "osx-aarch_64", "windows-x86_64"})
  void addressesOfTheStrippedLibraryBecomeLinesThroughTheFileOfItsId(String classifier)
      throws Exception {
    Split split = split(classifier, "one");
    byte[] stripped = Files.readAllBytes(split.stripped());
    assertThat(new String(stripped, StandardCharsets.ISO_8859_1))
        .doesNotContain("secret_helper", "source.c", ".debug_", "__DWARF");
    byte[] debug = Files.readAllBytes(split.debug());
    assertThat(DebugSymbols.belongs(debug, stripped)).isTrue();
    assertThat(DebugSymbols.belongs(debug, Arrays.copyOf(stripped, 60))).isFalse();
    Binary binary = Binary.read(split.stripped());
    assertThat(binary.debugId()).contains(split.id());
    assertThat(binary.exported()).contains("boom");

    long address = LlvmTools.exportAddress(split.stripped(), "boom");
    assertThat(LlvmTools.symbolize(split.debug(), address))
        .startsWith("boom\n")
        .contains("source.c:2:");
    assertThat(dir.resolve("one")).isDirectoryNotContaining("glob:**.linked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-x86_64", "osx-aarch_64", "windows-x86_64"})
  void theLibraryIsTheSameWhereverItWasLinked(String classifier) throws IOException {
    Split one = split(classifier, "one");
    Split other = split(classifier, "another/place");
    assertThat(other.id()).isEqualTo(one.id());
    assertThat(other.stripped()).hasSameBinaryContentAs(one.stripped());
  }

  @Test
  void theSignatureOfArm64CoversWhatIsShipped() throws IOException {
    MachOBinary binary = (MachOBinary) Binary.read(split("osx-aarch_64", "one").stripped());
    assertThat(binary.signature().damage()).isEmpty();
    assertThat(binary.signature().pages()).isPositive();
    assertThat(binary.signature().identifier()).isEqualTo("libboom.dylib");
  }

  @Test
  void anotherCodeIsAnotherId() throws IOException {
    Target target = target("linux-x86_64");
    String id = split("linux-x86_64", "one").id();
    Path made =
        TargetCompiler.library(
            dir.resolve("x.so"), "linux-x86_64", SOURCE.replace("* 3", "* 5"), List.of("-g"));
    Path out = dir.resolve("s.so");
    String other = new DebugSymbols(CrossTools.box()).split(made, target, out, dir.resolve("d"));
    assertThat(other).hasSize(40).isNotEqualTo(id);
  }

  @Test
  void saysThatThereIsNoPlaceForAnId() throws IOException {
    Path made =
        TargetCompiler.library(
            dir.resolve("x.so"), "linux-x86_64", SOURCE, List.of("-Wl,--build-id=none"));
    assertThatThrownBy(() -> split(CrossTools.box(), made))
        .hasMessageStartingWith("STOW-144 x.so was linked without a build id");
    Files.write(made, new byte[] {0x7f, 'E', 'L', 'F', 2, 1});
    assertThatThrownBy(() -> split(CrossTools.box(), made)).hasMessageStartingWith("STOW-144");
    Files.write(made, new byte[0]);
    assertThatThrownBy(() -> split(CrossTools.box(), made)).hasMessageStartingWith("STOW-144");
  }

  @Test
  void saysWhatAToolSaid() throws IOException {
    Path made = TargetCompiler.library(dir.resolve("x.so"), "linux-x86_64", SOURCE, List.of("-g"));
    Map<String, String> environment = new HashMap<>(CrossTools.box().environment());
    environment.put("OBJCOPY", "ls");
    assertThatThrownBy(() -> split(new ToolBox(environment), made))
        .hasMessageStartingWith("STOW-143 llvm-objcopy cannot split off the debug symbols of x.so")
        .hasMessageContaining("--strip-all");
    environment.put("OBJCOPY", "no-such-objcopy");
    assertThatThrownBy(() -> split(new ToolBox(environment), made))
        .hasMessageStartingWith("STOW-120");
  }

  private String split(ToolBox tools, Path made) {
    Path debug = dir.resolve("x.debug");
    return new DebugSymbols(tools).split(made, target("linux-x86_64"), dir.resolve("s.so"), debug);
  }
}
