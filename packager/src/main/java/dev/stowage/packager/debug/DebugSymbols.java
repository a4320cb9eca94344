package dev.stowage.packager.debug;

import dev.stowage.loader.platform.Format;
import dev.stowage.loader.platform.Target;
import dev.stowage.packager.binary.Binary;
import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.record.FileDigests;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.tool.ToolProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Splits a linked library into the library to publish and a debug file, which maps its addresses to
 * source lines.
 *
 * <p>Both contain the same id. It is a digest of the published library, because ids made by linkers
 * depend on paths of this machine: of object files in debug information (lld, ELF and PE) and in
 * the debug map (zig, Mach-O).
 *
 * @param tools finds llvm-objcopy and dsymutil
 * @since 0.1.0
 */
public record DebugSymbols(ToolBox tools) {
  /**
   * Splits a library.
   *
   * @param made the linked library with debug information. Mach-O: the object files in its debug
   *     map must still exist
   * @param target its target
   * @param stripped receives the library; its file name becomes part of its signature
   * @param debugFile receives ELF: debug sections only; Mach-O: a flat dSYM; PE: the unstripped
   *     library, since llvm-objcopy 14 writes damaged files for COFF's {@code --only-keep-debug}
   * @return the id in the form of {@link Binary#debugId()}
   * @throws dev.stowage.packager.message.PackagerException STOW-143 when a tool fails, STOW-144
   *     when the linker left no place for an id
   */
  public String split(Path made, Target target, Path stripped, Path debugFile) {
    String name = made.getFileName().toString();
    Path linked = debugFile.resolveSibling(name + ".linked");
    try {
      byte[] file = Files.readAllBytes(made);
      LinkId place = place(file, name);
      place.clear(file);
      Files.write(linked, file);
      strip(linked, target, stripped);
      byte[] shipped = Files.readAllBytes(stripped);
      byte[] digest = digest(place(shipped, name).covered(shipped));
      place.write(file, digest);
      Files.write(linked, file);
      strip(linked, target, stripped);
      keep(linked, target, debugFile);
      Files.delete(linked);
      byte[] library = Files.readAllBytes(stripped);
      if (!belongs(Files.readAllBytes(debugFile), library)) {
        throw DebugMessages.noId(name);
      }
      return Binary.read(library).debugId().orElseThrow(() -> DebugMessages.noId(name));
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(stripped, e);
    }
  }

  /** Whether a debug file and a library have the same id. */
  public static boolean belongs(byte[] debugFile, byte[] library) {
    Optional<byte[]> id = LinkId.find(library).map(place -> place.read(library));
    Optional<byte[]> other = LinkId.find(debugFile).map(place -> place.read(debugFile));
    return id.isPresent() && other.isPresent() && Arrays.equals(id.get(), other.get());
  }

  private static LinkId place(byte[] file, String name) {
    return LinkId.find(file).orElseThrow(() -> DebugMessages.noId(name));
  }

  private static byte[] digest(byte[] content) {
    return HexFormat.of().parseHex(FileDigests.sha256(content));
  }

  /**
   * Removes everything that loading does not need. On Mach-O exported names stay, and llvm-objcopy
   * signs the file again (ad hoc) for arm64.
   */
  private void strip(Path linked, Target target, Path stripped) {
    boolean machO = target.format() == Format.MACH_O;
    List<String> how = machO ? List.of("-x", "-g") : List.of("--strip-all");
    run(Tool.OBJCOPY, linked, how, linked.toString(), stripped.toString());
  }

  private void keep(Path linked, Target target, Path debugFile) throws IOException {
    switch (target.format()) {
      case ELF ->
          run(
              Tool.OBJCOPY,
              linked,
              List.of("--only-keep-debug"),
              linked.toString(),
              debugFile.toString());
      case MACH_O ->
          run(Tool.DSYMUTIL, linked, List.of("-f", "-o"), debugFile.toString(), linked.toString());
      case PE -> Files.copy(linked, debugFile);
    }
  }

  private void run(Tool tool, Path linked, List<String> how, String... files) {
    List<String> line = tools.require(tool).line();
    line.addAll(how);
    line.addAll(Arrays.asList(files));
    ToolProcess.Outcome outcome =
        new ToolProcess(line, linked.getParent(), tools.environment()).run();
    if (!outcome.succeeded()) {
      throw DebugMessages.notSplit(
          linked.getFileName().toString(), tool.title(), outcome.err().strip());
    }
  }
}
