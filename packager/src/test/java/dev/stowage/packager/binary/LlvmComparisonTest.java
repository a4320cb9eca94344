package dev.stowage.packager.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.header.HeaderException;
import dev.stowage.loader.platform.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Compares our readers with LLVM's, on the libraries of this machine. */
class LlvmComparisonTest {
  private final Comparison comparison = new Comparison();

  @Test
  void elfFilesReadAsLlvmReadsThem() {
    List<Path> files = RealLibraries.files(Format.ELF, 600);
    LlvmBatch.readobj(
        files,
        LlvmElf.OPTIONS,
        (file, node) ->
            compare(file, binary -> LlvmElf.ours((ElfBinary) binary), LlvmElf.theirs(node)));
    finish(Format.ELF, files);
  }

  @Test
  void machOFilesReadAsLlvmReadsThem() {
    List<Path> files = RealLibraries.files(Format.MACH_O, 70);
    Map<Path, List<String>> commands = LlvmBatch.objdump(files, LlvmMachO.OBJDUMP_OPTIONS);
    LlvmBatch.readobj(
        files,
        LlvmMachO.OPTIONS,
        (file, node) ->
            compare(
                file,
                binary -> LlvmMachO.ours((MachOBinary) binary),
                LlvmMachO.theirs(node, commands.get(file))));
    finish(Format.MACH_O, files);
  }

  @Test
  void peFilesReadAsLlvmReadsThem() {
    List<Path> files = RealLibraries.files(Format.PE, 320);
    Map<Path, List<String>> headers = LlvmBatch.objdump(files, LlvmPe.OBJDUMP_OPTIONS);
    LlvmBatch.readobj(
        files,
        LlvmPe.OPTIONS,
        (file, node) ->
            compare(
                file,
                binary -> LlvmPe.ours((PeBinary) binary),
                LlvmPe.theirs(node, headers.get(file))));
    finish(Format.PE, files);
  }

  private interface Reading {
    Map<String, Object> of(Binary binary);
  }

  private void compare(Path file, Reading ours, Map<String, Object> theirs) {
    try {
      comparison.compare(file, ours.of(Binary.read(file)), theirs);
    } catch (HeaderException e) {
      comparison.differences.add(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void finish(Format format, List<Path> files) {
    System.out.println(format.label() + ": " + comparison + " as llvm-readobj says");
    assertThat(comparison.differences).isEmpty();
    assertThat(files).filteredOn(file -> !comparison.files.contains(file)).isEmpty();
  }
}
