package dev.stowage.packager.linking;

import dev.stowage.loader.platform.Target;
import java.nio.file.Path;
import java.util.List;

/**
 * How libraries of one executable format are linked. All flags are for the C compiler driver. The
 * methods with a scratch directory write files there and return flags that name them, so that
 * exactly {@code symbols} is exported.
 */
public interface Linking {
  /** Returns the rules for a target's format. */
  static Linking of(Target target) {
    return switch (target.format()) {
      case ELF -> new ElfLinking(target);
      case MACH_O -> new MachLinking();
      case PE -> new PeLinking();
    };
  }

  /** Flags for cores and shims in every language. */
  List<String> common(String name);

  /** Flags for cores only. */
  default List<String> core() {
    return List.of();
  }

  /** Flags for a link that rustc runs; rustc itself exports the crate's C functions. */
  default List<String> rust(Path scratch, String name, List<String> symbols) {
    return List.of();
  }

  /** Flags for a link that go runs. */
  default List<String> go(Path scratch, String name, List<String> symbols) {
    return shim(scratch, name, symbols);
  }

  /** Flags for the link of a shim. */
  List<String> shim(Path scratch, String name, List<String> symbols);

  /** Changes the linked library where the linker of this format lacks an option. */
  default void finish(Path library, List<String> symbols) {}

  /**
   * The file that dependents of a library are linked against: its import library on Windows, else
   * the library itself.
   */
  default Path linked(Path library) {
    return library;
  }
}
