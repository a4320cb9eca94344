package dev.stowage.packager.linking;

import dev.stowage.packager.tool.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Linking for Windows with the GNU environment. The linker stores the name of its output file in
 * the export table and in import libraries. A core stays loaded because the shim pins it
 * (onload.h).
 */
record PeLinking() implements Linking {
  /** An archive without members (ar(5)). */
  private static final byte[] EMPTY_ARCHIVE = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);

  @Override
  public List<String> common(String name) {
    return List.of();
  }

  /**
   * Replaces the export list of rustc, which cargo-zigbuild drops; without a list all symbols would
   * be exported. Empty archives stand for GCC's stack protector, which Debian's rustc links and
   * zig's C library contains. rustc itself requests the import library.
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

  /** Go's linker writes an export list with the {@code //export} functions. */
  @Override
  public List<String> go(Path scratch, String name, List<String> symbols) {
    return List.of("-Wl,--out-implib," + linked(scratch.resolve(name)));
  }

  /** No list: {@code JNIEXPORT} marks the exports. */
  @Override
  public List<String> shim(Path scratch, String name, List<String> symbols) {
    return List.of();
  }

  /** The import library, under the name that rustc gives it. */
  @Override
  public Path linked(Path library) {
    return library.resolveSibling("lib" + library.getFileName() + ".a");
  }
}
