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
 * What a library says about itself, in the words that the formats share; each format's class has
 * the rest. A value is immutable and holds no open file.
 *
 * @since 0.1.0
 */
public sealed interface Binary permits ElfBinary, MachOBinary, PeBinary {
  /** Bytes; larger files are refused. Java arrays end at 2 GB, and no library is near this size. */
  long LARGEST = 1L << 30;

  /**
   * Reads a file once, from begin to end.
   *
   * @throws HeaderException when it is damaged or no library of the three formats; the sentence
   *     names neither file nor directory
   * @throws IOException when it cannot be read
   */
  static Binary read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new HeaderException("larger than " + (LARGEST >> 30) + " GB");
    }
    return read(Files.readAllBytes(file));
  }

  /** The same for a file's whole content, which is not kept. */
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

  /** Spelled as in classifiers: {@code x86_64}, {@code aarch_64}, {@code x86_32}. */
  String machine();

  /** True for 64-bit files. */
  boolean is64Bit();

  /** True for what {@code System.load} can take; false for programs and object files. */
  boolean sharedLibrary();

  /** SONAME, install name or the DLL name in the export table; null when there is none. */
  String name();

  /** The libraries it needs, in the file's order, each once; delay-loaded DLLs come last. */
  List<String> needed();

  /** Names that other files can bind to; Mach-O without the leading underscore. */
  SortedSet<String> exported();

  /**
   * Names that other files must define; Mach-O without the leading underscore, PE as {@code
   * DLL!name} or {@code DLL!#ordinal}.
   */
  SortedSet<String> imported();

  /** Where the linker is told to search; ELF: the entries of RPATH and RUNPATH. */
  List<String> rpaths();

  /** The oldest operating system: Mach-O {@code 12.0}, PE subsystem version {@code 6.0}. */
  Optional<String> minimumOs();

  /** True when the process' stack must become executable for it. */
  boolean executableStack();

  /** True when loading writes to code; PE, whose code is relocated by design, says false. */
  boolean textRelocations();

  /** True when something in it is writable and executable at once. */
  boolean writableCode();

  /** Smallest alignment of its loadable segments in bytes, 0 without one. */
  long pageAlignment();

  /**
   * By which its debug symbols are found: build id, UUID, or the PE CodeView id; lower-case hex.
   */
  Optional<String> debugId();

  /** Its sections in file order; empty when the section table was stripped. */
  List<Section> sections();

  /** The name of the section that holds a byte of the file, or "" for headers and gaps. */
  default String sectionAt(long offset) {
    for (Section section : sections()) {
      if (offset >= section.offset() && offset - section.offset() < section.size()) {
        return section.name();
      }
    }
    return "";
  }
}
