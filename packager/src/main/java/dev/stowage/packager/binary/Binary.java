package dev.stowage.packager.binary;

import dev.stowage.loader.header.FileKind;
import dev.stowage.loader.header.HeaderException;
import dev.stowage.loader.platform.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The header of a library: the facts that all formats have. The classes of the formats add the
 * rest. A value is immutable and has no open file.
 *
 * @since 0.1.0
 */
public sealed interface Binary permits ElfBinary, MachOBinary, PeBinary {
  /** Size limit in bytes: Java arrays end at 2 GB, and no library is nearly as large. */
  long LARGEST = 1L << 30;

  /**
   * Reads a whole file once.
   *
   * @throws HeaderException when it is damaged or not a library of the three formats; the message
   *     contains neither file nor directory
   * @throws IOException when it cannot be read
   */
  static Binary read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new HeaderException("larger than " + (LARGEST >> 30) + " GB");
    }
    return read(Files.readAllBytes(file));
  }

  /** Reads the whole content of a file; the array is not kept. */
  static Binary read(byte[] content) throws IOException {
    FileKind kind = FileKind.of(Arrays.copyOf(content, Math.min(content.length, 64)));
    return switch (kind) {
      case ELF -> ElfBinary.read(content);
      case MACH_O, MACH_O_FAT -> MachOBinary.read(content);
      case PE -> PeBinary.read(content);
      default -> throw new HeaderException("not a library: this is " + kind.sentence());
    };
  }

  /** The executable format. */
  Format format();

  /** The CPU as in classifiers: {@code x86_64}, {@code aarch_64}, {@code x86_32}. */
  String machine();

  /** True for 64-bit files. */
  boolean is64Bit();

  /** True for a file that {@code System.load} can load; false for programs and object files. */
  boolean sharedLibrary();

  /** SONAME, install name or the DLL name in the export table; null when there is none. */
  String name();

  /** The needed libraries in the file's order, each once; delay-loaded DLLs come last. */
  List<String> needed();

  /** The exported names; Mach-O without the leading underscore. */
  SortedSet<String> exported();

  /**
   * The imported names; Mach-O without the leading underscore, PE as {@code DLL!name} or {@code
   * DLL!#ordinal}.
   */
  SortedSet<String> imported();

  /** The search path for needed libraries; ELF: the entries of RPATH and RUNPATH. */
  List<String> rpaths();

  /** The oldest operating system: Mach-O {@code 12.0}, PE subsystem version {@code 6.0}. */
  Optional<String> minimumOs();

  /** True when it needs an executable stack. */
  boolean executableStack();

  /** True when loading writes to code; false for PE, whose code is relocated by design. */
  boolean textRelocations();

  /** True when some of its memory is writable and executable at once. */
  boolean writableCode();

  /** Smallest alignment of its loadable segments in bytes; 0 without segments. */
  long pageAlignment();

  /**
   * The id by which its debug symbols are found, in lower-case hex: build id, UUID or CodeView id.
   */
  Optional<String> debugId();

  /** Its sections in file order; empty without a section table. */
  List<Section> sections();

  /** The name of the section that contains a byte of the file, or "" for headers and gaps. */
  default String sectionAt(long offset) {
    for (Section section : sections()) {
      if (offset >= section.offset() && offset - section.offset() < section.size()) {
        return section.name();
      }
    }
    return "";
  }
}
