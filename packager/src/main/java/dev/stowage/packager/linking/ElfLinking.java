package dev.stowage.packager.linking;

import dev.stowage.loader.platform.Target;
import dev.stowage.packager.tool.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Linking for Linux. */
record ElfLinking(Target target) implements Linking {
  /**
   * The only search path: the library's directory, and the one above it for private copies of a
   * shim. musl needs it, because it does not find a loaded library by SONAME alone.
   */
  private static final String RPATH = "$ORIGIN:$ORIGIN/..";

  /** Makes an undefined symbol an error of the link, not of loading. */
  @Override
  public List<String> common(String name) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "-Wl,-soname," + name,
                "-Wl,-rpath," + RPATH,
                "-Wl,--build-id=sha1",
                "-Wl,-z,relro",
                "-Wl,-z,now",
                "-Wl,-z,noexecstack",
                "-Wl,-z,defs"));
    if (target.arch().equals("aarch_64")) {
      // Kernels of this architecture have pages of 4, 16 or 64 KiB.
      flags.add("-Wl,-z,max-page-size=65536");
    }
    return flags;
  }

  /** The core must stay loaded: its threads and thread locals outlive every class loader. */
  @Override
  public List<String> core() {
    return List.of("-Wl,-z,nodelete");
  }

  @Override
  public List<String> shim(Path scratch, String name, List<String> symbols) {
    StringBuilder text = new StringBuilder("{\n  global:\n");
    symbols.forEach(symbol -> text.append("    ").append(symbol).append(";\n"));
    text.append("  local:\n    *;\n};\n");
    Path map = scratch.resolve("exports.map");
    AtomicFile.write(map, text.toString().getBytes(StandardCharsets.UTF_8));
    return List.of("-Wl,--version-script=" + map);
  }
}
