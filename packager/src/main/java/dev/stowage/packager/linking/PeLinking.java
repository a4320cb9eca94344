package dev.stowage.packager.linking;

import dev.stowage.packager.tool.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Windows with the GNU environment. The name in the export table, and with it the one that import
 * libraries hand on, is that of the file the linker writes. A core stays loaded because the shim
 * pins it (onload.h).
 */
record PeLinking() implements Linking {
  /** An archive without members (ar(5)). */
  private static final byte[] EMPTY_ARCHIVE = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);

  @Override
  public List<String> common(String name) {
    return List.of();
  }

  /**
   * cargo-zigbuild drops the export list that rustc makes, and without one all symbols are
   * exported. Debian's rustc links GCC's stack protector, which is part of zig's own C library.
   * rustc asks for the import library by itself.
   */
  @Override
  public List<String> rust(Path scratch, String name, List<String> symbols) {
    StringBuilder text = new StringBuilder("LIBRARY \"" + name + "\"\nEXPORTS\n");
    symbols.forEach(symbol -> text.append("    ").append(symbol).append('\n'));
    Path exports = scratch.resolve("exports.def");
    AtomicFile.write(exports, text.toString().getBytes(StandardCharsets.UTF_8));
    for (String absent : List.of("libssp.a", "libssp_nonshared.a")) {
      AtomicFile.write(scratch.resolve("absent").resolve(absent), EMPTY_ARCHIVE);
    }
    return List.of(exports.toString(), "-L" + scratch.resolve("absent"));
  }

  /** Go's linker writes an export list of what {@code //export} names. */
  @Override
  public List<String> go(Path scratch, String name, List<String> symbols) {
    return List.of("-Wl,--out-implib," + linked(scratch.resolve(name)));
  }

  /** {@code JNIEXPORT} marks what is exported. */
  @Override
  public List<String> shim(Path scratch, String name, List<String> symbols) {
    return List.of();
  }

  /** The import library, named as rustc names it. */
  @Override
  public Path linked(Path library) {
    return library.resolveSibling("lib" + library.getFileName() + ".a");
  }
}
