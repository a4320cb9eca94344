package dev.stowage.loader.header;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Collections;
import java.util.List;

/**
 * The contents of an ELF file's headers, read without the operating system: the machine it is for,
 * the libraries and symbols it needs, its exports, and its hardening. As in the run-time linker,
 * everything comes from the program headers and the dynamic section, so stripped files and files
 * for other machines and byte orders can be read, too.
 *
 * <p>The loader uses it to explain why a file cannot be loaded, and the packager's {@code verify}
 * to check a file. A value is immutable and has no open file. Names are Latin-1, in the file's
 * order unless said otherwise.
 *
 * <p>Sources: System V gABI (chapters 4 and 5), the GNU extensions in the Linux Standard Base
 * (symbol versions, {@code PT_GNU_STACK}, {@code PT_GNU_RELRO}), and glibc's {@code elf.h} for the
 * numbers.
 *
 * @since 0.1.0
 */
public final class ElfFile {
  /** {@code e_type} of an executable at a fixed address. */
  public static final int ET_EXEC = 2;

  /** {@code e_type} of a shared library or a position-independent executable. */
  public static final int ET_DYN = 3;

  /** {@code e_machine} of x86_64. */
  public static final int EM_X86_64 = 62;

  /** {@code e_machine} of 64-bit ARM. */
  public static final int EM_AARCH64 = 183;

  boolean wide;
  boolean little;
  int type;
  int machine;
  String interpreter;
  boolean gnuStack;
  boolean executableStack;
  boolean writableCode;
  boolean relro;
  long loadAlignment;
  String buildId;
  List<String> properties = Collections.emptyList();
  Dynamic dynamic = new Dynamic();

  ElfFile() {}

  /**
   * Reads a file.
   *
   * @throws HeaderException if the content is not a readable ELF file; the message names what it is
   *     instead
   * @throws IOException when the file cannot be read
   */
  public static ElfFile read(File file) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file, "r")) {
      return new ElfReader(new Source(open)).read();
    }
  }

  /** Reads a file in memory, otherwise like {@link #read(File)}. */
  public static ElfFile read(byte[] content) throws IOException {
    return new ElfReader(new Source(content)).read();
  }

  /** True for ELFCLASS64, false for ELFCLASS32. */
  public boolean is64Bit() {
    return wide;
  }

  /** True for ELFDATA2LSB, false for ELFDATA2MSB. */
  public boolean isLittleEndian() {
    return little;
  }

  /** The raw {@code e_type}: {@link #ET_DYN} for every shared library. */
  public int type() {
    return type;
  }

  /** The raw {@code e_machine}. */
  public int machine() {
    return machine;
  }

  /**
   * The machine's name as in the targets table ({@code x86_64}, {@code aarch_64}), else a name or
   * {@code machine 1234}.
   */
  public String machineName() {
    switch (machine) {
      case EM_X86_64:
        return "x86_64";
      case EM_AARCH64:
        return "aarch_64";
      case 3:
        return "x86_32";
      case 40:
        return "arm_32";
      case 8:
        return "mips";
      case 20:
        return "ppc_32";
      case 21:
        return "ppc_64";
      case 22:
        return "s390";
      case 243:
        return "riscv";
      case 258:
        return "loongarch";
      default:
        return "machine " + machine;
    }
  }

  /** The program interpreter ({@code PT_INTERP}), or null; shared libraries normally have none. */
  public String interpreter() {
    return interpreter;
  }

  /** The libraries this file needs ({@code DT_NEEDED}). */
  public List<String> needed() {
    return dynamic.needed;
  }

  /** The name by which other files need this library ({@code DT_SONAME}), or null. */
  public String soname() {
    return dynamic.soname;
  }

  /** {@code DT_RPATH}, unexpanded, or null. */
  public String rpath() {
    return dynamic.rpath;
  }

  /** {@code DT_RUNPATH}, unexpanded, or null. */
  public String runpath() {
    return dynamic.runpath;
  }

  /**
   * True when the stack of a process must become executable for this file: it has the flag for
   * that, or no flag.
   */
  public boolean requiresExecutableStack() {
    return !gnuStack || executableStack;
  }

  /** True when some segment is both writable and executable. */
  public boolean hasWritableCode() {
    return writableCode;
  }

  /**
   * True when there is a {@code PT_GNU_RELRO} segment; with {@link #bindNow()} that is full RELRO.
   */
  public boolean hasRelro() {
    return relro;
  }

  /** True when all symbols are bound at load time ({@code DF_BIND_NOW} or {@code DF_1_NOW}). */
  public boolean bindNow() {
    return (dynamic.flags & 8) != 0 || (dynamic.flags1 & 1) != 0 || dynamic.bindNow;
  }

  /** True when the file is never unloaded ({@code DF_1_NODELETE}). */
  public boolean noDelete() {
    return (dynamic.flags1 & 8) != 0;
  }

  /**
   * True when the file uses the static TLS block ({@code DF_STATIC_TLS}), which is short in a
   * running process.
   */
  public boolean staticTls() {
    return (dynamic.flags & 16) != 0;
  }

  /** True when loading writes to code ({@code DF_TEXTREL} or {@code DT_TEXTREL}). */
  public boolean textRelocations() {
    return (dynamic.flags & 4) != 0 || dynamic.textrel;
  }

  /**
   * The smallest alignment of a {@code PT_LOAD} segment in bytes, 0 without one; machines with
   * larger pages refuse it.
   */
  public long loadAlignment() {
    return loadAlignment;
  }

  /** The linker's digest of the file as lower-case hex ({@code NT_GNU_BUILD_ID}), or null. */
  public String buildId() {
    return buildId;
  }

  /**
   * The content of {@code NT_GNU_PROPERTY_TYPE_0}, sorted: {@code IBT}, {@code SHSTK}, {@code BTI},
   * {@code PAC}, and the instruction sets it needs, {@code x86-64-baseline} to {@code x86-64-v4}.
   */
  public List<String> properties() {
    return properties;
  }

  /** The versions of other libraries this file needs, sorted by library and version. */
  public List<VersionNeed> versionNeeds() {
    return dynamic.versionNeeds;
  }

  /**
   * The highest version needed whose name begins with {@code prefix} (for example {@code GLIBC_}),
   * or null.
   */
  public String highestVersion(String prefix) {
    String highest = null;
    for (VersionNeed need : dynamic.versionNeeds) {
      if (need.version().startsWith(prefix)
          && (highest == null || VersionNeed.compareVersions(need.version(), highest) > 0)) {
        highest = need.version();
      }
    }
    return highest;
  }

  /**
   * Defined global, weak and unique symbols that other files can bind to, sorted, without version
   * names.
   */
  public List<String> exported() {
    return dynamic.exported;
  }

  /** Symbols that other files must define, sorted; weak ones too. */
  public List<String> undefined() {
    return dynamic.undefined;
  }
}
