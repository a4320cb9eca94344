package dev.stowage.packager.linking;

import dev.stowage.loader.platform.Target;
import java.nio.file.Path;
import java.util.List;

/**
 * What libraries of one executable format are linked with. Flags are spelled for the C compiler
 * driver. The three methods with a scratch directory write files there and return the flags that
 * name them; together they see to it that exactly {@code symbols} is exported.
 */
public interface Linking {
  /** The rules of a target's format. */
  static Linking of(Target target) {
    return switch (target.format()) {
      case ELF -> new ElfLinking(target);
      case MACH_O -> new MachLinking();
      case PE -> new PeLinking();
    };
  }

  /** Flags of core and shim, in every language. */
  List<String> common(String name);

  /** Flags of a core alone. */
  default List<String> core() {
    return List.of();
  }

  /** For the link that rustc starts, which writes a list of the crate's C functions by itself. */
  default List<String> rust(Path scratch, String name, List<String> symbols) {
    return List.of();
  }

  /** For the link that go starts. */
  default List<String> go(Path scratch, String name, List<String> symbols) {
    return shim(scratch, name, symbols);
  }

  /** For the link of a shim. */
  List<String> shim(Path scratch, String name, List<String> symbols);

  /** The last touch to a linked library, for what a linker of this format cannot be told. */
  default void finish(Path library, List<String> symbols) {}

  /**
   * The file beside a library that its dependents are linked against; the library itself where
   * there is no such file.
   */
  default Path linked(Path library) {
    return library;
  }
}
