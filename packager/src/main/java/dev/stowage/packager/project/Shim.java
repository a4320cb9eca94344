package dev.stowage.packager.project;

import java.nio.file.Path;
import java.util.List;

/**
 * The shim of a binding, as {@code stowage.toml} describes it.
 *
 * @param sources the directory of the C sources, also an include directory; absolute
 * @param files the files to compile, relative to {@code sources}
 * @param classes binary names ({@code dev.stowage.wasm.RustNative}) of the native classes
 * @since 0.1.0
 */
public record Shim(Path sources, List<String> files, List<String> classes) {
  /** Copies the lists. */
  public Shim {
    files = List.copyOf(files);
    classes = List.copyOf(classes);
  }
}
