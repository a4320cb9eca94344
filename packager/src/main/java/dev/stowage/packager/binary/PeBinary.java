package dev.stowage.packager.binary;

import dev.stowage.loader.platform.Format;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A file of Windows, PE32+ or PE32. Source: Microsoft's "PE Format" specification.
 *
 * @since 0.1.0
 */
public final class PeBinary implements Binary {
  /** C runtimes, by the names of the imported DLLs. */
  public enum Crt {
    /** {@code msvcrt.dll}, part of every Windows. */
    MSVCRT,
    /** {@code ucrtbase.dll} and {@code api-ms-win-crt-*.dll}, part of Windows 10 and later. */
    UCRT,
    /** {@code vcruntime*.dll}, {@code msvcp*.dll}: installed separately. */
    VCRUNTIME,
    /**
     * {@code libgcc_s_*}, {@code libstdc++*}, {@code libwinpthread*}: not installed on users'
     * machines.
     */
    MINGW
  }

  /**
   * An imported DLL.
   *
   * @param dll its name as in the file
   * @param names what is imported: a name, or {@code #ordinal}
   * @param delayed whether it is loaded only when first called
   */
  public record Import(String dll, List<String> names, boolean delayed) {}

  private static final int DLL = 0x2000;
  private static final int RELOCATIONS_STRIPPED = 1;
  private static final int HIGH_ENTROPY = 0x20;
  private static final int DYNAMIC_BASE = 0x40;
  private static final int NX_COMPATIBLE = 0x100;

  String machine;
  boolean wide;
  int characteristics;
  int dllCharacteristics;
  int subsystem;
  String osVersion;
  String subsystemVersion;
  long sectionAlignment;
  String name;
  final List<Import> imports = new ArrayList<>();
  final SortedSet<String> exported = new TreeSet<>();
  final SortedMap<String, String> forwarders = new TreeMap<>();
  final List<Section> sections = new ArrayList<>();
  boolean baseRelocations;
  boolean tls;
  int tlsCallbacks;
  boolean certificates;
  String debugId;
  String pdb;
  long checksum;
  long computedChecksum;

  PeBinary() {}

  static PeBinary read(byte[] content) throws IOException {
    return new PeReader(content).read();
  }

  @Override
  public Format format() {
    return Format.PE;
  }

  @Override
  public String machine() {
    return machine;
  }

  @Override
  public boolean is64Bit() {
    return wide;
  }

  @Override
  public boolean sharedLibrary() {
    return (characteristics & DLL) != 0;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> needed() {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    imports.forEach(each -> names.add(each.dll()));
    return List.copyOf(names);
  }

  /** The imported DLLs with the names imported from each; delayed ones last. */
  public List<Import> imports() {
    return Collections.unmodifiableList(imports);
  }

  /** Exports with a name, without those that have an ordinal only. */
  @Override
  public SortedSet<String> exported() {
    return Collections.unmodifiableSortedSet(exported);
  }

  /** Forwarded exports: name to {@code DLL.name}. */
  public SortedMap<String, String> forwarders() {
    return Collections.unmodifiableSortedMap(forwarders);
  }

  @Override
  public SortedSet<String> imported() {
    SortedSet<String> all = new TreeSet<>();
    for (Import each : imports) {
      each.names().forEach(symbol -> all.add(each.dll() + "!" + symbol));
    }
    return all;
  }

  @Override
  public List<String> rpaths() {
    return List.of();
  }

  /** The subsystem's version, which Windows compares with its own; {@code 6.0} is Vista. */
  @Override
  public Optional<String> minimumOs() {
    return Optional.of(subsystemVersion);
  }

  /** The operating system version field; Windows ignores it today. */
  public String osVersion() {
    return osVersion;
  }

  /** The raw subsystem: 2 GUI, 3 console. */
  public int subsystem() {
    return subsystem;
  }

  @Override
  public boolean executableStack() {
    return !nxCompatible();
  }

  @Override
  public boolean textRelocations() {
    return false;
  }

  @Override
  public boolean writableCode() {
    return sections.stream().anyMatch(section -> section.writable() && section.executable());
  }

  @Override
  public long pageAlignment() {
    return sectionAlignment;
  }

  /** GUID and age of the CodeView record as hex, from a link with a PDB or {@code --build-id}. */
  @Override
  public Optional<String> debugId() {
    return Optional.ofNullable(debugId);
  }

  /** The path of the PDB file in the CodeView record, often in a home directory. */
  public Optional<String> pdb() {
    return Optional.ofNullable(pdb);
  }

  @Override
  public List<Section> sections() {
    return Collections.unmodifiableList(sections);
  }

  /** The raw {@code Characteristics}. */
  public int characteristics() {
    return characteristics;
  }

  /** The raw {@code DllCharacteristics}. */
  public int dllCharacteristics() {
    return dllCharacteristics;
  }

  /** True when Windows can load it anywhere (ASLR): it has the flag and relocations. */
  public boolean dynamicBase() {
    return (dllCharacteristics & DYNAMIC_BASE) != 0 && relocatable();
  }

  /** True when it has relocations. */
  public boolean relocatable() {
    return (characteristics & RELOCATIONS_STRIPPED) == 0 && baseRelocations;
  }

  /** True when it runs with data execution prevention. */
  public boolean nxCompatible() {
    return (dllCharacteristics & NX_COMPATIBLE) != 0;
  }

  /** True when it can be loaded above 4 GB. */
  public boolean highEntropy() {
    return (dllCharacteristics & HIGH_ENTROPY) != 0;
  }

  /** The imported C runtimes; two have two heaps and two {@code errno}. */
  public Set<Crt> crt() {
    Set<Crt> found = EnumSet.noneOf(Crt.class);
    for (Import each : imports) {
      String dll = each.dll().toLowerCase(Locale.ROOT);
      if (dll.equals("msvcrt.dll")) {
        found.add(Crt.MSVCRT);
      } else if (dll.startsWith("ucrtbase") || dll.startsWith("api-ms-win-crt-")) {
        found.add(Crt.UCRT);
      } else if (dll.startsWith("vcruntime") || dll.matches("msvc[pr][0-9].*|concrt.*|vcomp.*")) {
        found.add(Crt.VCRUNTIME);
      } else if (dll.matches("lib(gcc_s|stdc\\+\\+|winpthread|unwind|c\\+\\+|ssp).*")) {
        found.add(Crt.MINGW);
      }
    }
    return Collections.unmodifiableSet(found);
  }

  /** True when it has a TLS directory ({@code __declspec(thread)}, Rust's thread locals). */
  public boolean tls() {
    return tls;
  }

  /** Number of functions that Windows calls when threads start and end. */
  public int tlsCallbacks() {
    return tlsCallbacks;
  }

  /** True when it has an Authenticode signature, which is not checked. */
  public boolean signed() {
    return certificates;
  }

  /** True when the checksum in the header is right, or 0 for none. */
  public boolean checksumHolds() {
    return checksum == 0 || checksum == computedChecksum;
  }
}
