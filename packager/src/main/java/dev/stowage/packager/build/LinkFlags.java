package dev.stowage.packager.build;

import java.util.ArrayList;
import java.util.List;

/** Linker flags that every library gets, in the spelling of the C compiler driver. */
final class LinkFlags {
  /**
   * The only search path: beside the library, and one level up for private copies of a shim. musl
   * needs it; it does not match a needed library by SONAME alone.
   */
  static final String RPATH = "$ORIGIN:$ORIGIN/..";

  private LinkFlags() {}

  /** A core stays loaded: its threads and thread locals outlive every class loader. */
  static List<String> core(String name) {
    List<String> flags = new ArrayList<>(common(name));
    flags.add("-Wl,-z,nodelete");
    return flags;
  }

  /** What core and shim share; a symbol that nothing defines is an error here, not at load time. */
  static List<String> common(String name) {
    return List.of(
        "-Wl,-soname," + name,
        "-Wl,-rpath," + RPATH,
        "-Wl,-z,relro",
        "-Wl,-z,now",
        "-Wl,-z,noexecstack",
        "-Wl,-z,defs");
  }
}
