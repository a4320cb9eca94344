package dev.stowage.packager.binary;

import dev.stowage.loader.header.ElfFile;
import dev.stowage.loader.header.VersionNeed;
import dev.stowage.loader.platform.Format;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A file of Linux, over the loader's {@link ElfFile}.
 *
 * @since 0.1.0
 */
public final class ElfBinary implements Binary {
  private final ElfFile elf;
  private final List<Section> sections;
  private final SortedSet<String> exported;
  private final SortedSet<String> imported;

  private ElfBinary(ElfFile elf, List<Section> sections) {
    this.elf = elf;
    this.sections = sections;
    this.exported = Collections.unmodifiableSortedSet(new TreeSet<>(elf.exported()));
    this.imported = Collections.unmodifiableSortedSet(new TreeSet<>(elf.undefined()));
  }

  static ElfBinary read(byte[] content) throws IOException {
    ElfFile elf = ElfFile.read(content);
    return new ElfBinary(elf, ElfSections.read(content, elf));
  }

  @Override
  public Format format() {
    return Format.ELF;
  }

  @Override
  public String machine() {
    return elf.machineName();
  }

  @Override
  public boolean is64Bit() {
    return elf.is64Bit();
  }

  /** True for little-endian files, like those of all targets. */
  public boolean isLittleEndian() {
    return elf.isLittleEndian();
  }

  @Override
  public boolean sharedLibrary() {
    // A position-independent program is ET_DYN too, but has an interpreter.
    return elf.type() == ElfFile.ET_DYN && elf.interpreter() == null;
  }

  /** The raw {@code e_type}. */
  public int type() {
    return elf.type();
  }

  @Override
  public String name() {
    return elf.soname();
  }

  @Override
  public List<String> needed() {
    return elf.needed();
  }

  @Override
  public SortedSet<String> exported() {
    return exported;
  }

  @Override
  public SortedSet<String> imported() {
    return imported;
  }

  @Override
  public List<String> rpaths() {
    List<String> paths = new ArrayList<>();
    for (String path : new String[] {elf.rpath(), elf.runpath()}) {
      if (path != null) {
        paths.addAll(List.of(path.split(":")));
      }
    }
    return List.copyOf(paths);
  }

  @Override
  public Optional<String> minimumOs() {
    return Optional.empty();
  }

  @Override
  public boolean executableStack() {
    return elf.requiresExecutableStack();
  }

  @Override
  public boolean textRelocations() {
    return elf.textRelocations();
  }

  @Override
  public boolean writableCode() {
    return elf.hasWritableCode();
  }

  @Override
  public long pageAlignment() {
    return elf.loadAlignment();
  }

  /** The build id as hex. */
  @Override
  public Optional<String> debugId() {
    return Optional.ofNullable(elf.buildId());
  }

  @Override
  public List<Section> sections() {
    return sections;
  }

  /** True when there is a RELRO segment; with {@link #bindNow()} that is full RELRO. */
  public boolean relro() {
    return elf.hasRelro();
  }

  /** True when all symbols are bound at load time. */
  public boolean bindNow() {
    return elf.bindNow();
  }

  /** True when the library cannot be unloaded. */
  public boolean noDelete() {
    return elf.noDelete();
  }

  /** True when it uses the static TLS block, in which a running process has little space. */
  public boolean staticTls() {
    return elf.staticTls();
  }

  /** The program interpreter; shared libraries normally have none. */
  public Optional<String> interpreter() {
    return Optional.ofNullable(elf.interpreter());
  }

  /** The needed versions of other libraries, with the symbols bound to each. */
  public List<VersionNeed> versionNeeds() {
    return elf.versionNeeds();
  }

  /**
   * The content of its GNU property note: {@code IBT}, {@code SHSTK}, {@code BTI}, {@code PAC}, and
   * the needed instruction set, {@code x86-64-baseline} to {@code x86-64-v4}.
   */
  public List<String> properties() {
    return elf.properties();
  }
}
