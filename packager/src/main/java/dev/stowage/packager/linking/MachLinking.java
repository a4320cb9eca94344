package dev.stowage.packager.linking;

import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.tool.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Linking for macOS. A core stays loaded because the shim opens it with {@code RTLD_NODELETE}
 * (onload.h).
 */
record MachLinking() implements Linking {
  /**
   * The padding leaves space for the load command of a later signature. Unused libraries are
   * dropped, because crates name some of which they use nothing.
   */
  @Override
  public List<String> common(String name) {
    return List.of(
        "-Wl,-install_name,@rpath/" + name,
        "-Wl,-rpath,@loader_path",
        "-Wl,-rpath,@loader_path/..",
        "-Wl,-headerpad,0x1000",
        "-Wl,-dead_strip_dylibs");
  }

  @Override
  public List<String> shim(Path scratch, String name, List<String> symbols) {
    StringBuilder text = new StringBuilder();
    symbols.forEach(symbol -> text.append('_').append(symbol).append('\n'));
    Path list = scratch.resolve("exports.txt");
    AtomicFile.write(list, text.toString().getBytes(StandardCharsets.UTF_8));
    return List.of("-Wl,-exported_symbols_list," + list);
  }

  /** zig's linker (0.17.1) accepts a list of exports, but exports everything. */
  @Override
  public void finish(Path library, List<String> symbols) {
    try {
      MachExports.keep(library, symbols);
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(library, e);
    }
  }
}
