package dev.stowage.packager.binary;

import dev.stowage.loader.platform.Format;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A 64-bit file of macOS with one architecture. Sources: {@code mach-o/loader.h}, {@code
 * mach-o/nlist.h}, {@code mach-o/fixup-chains.h} and {@code cs_blobs.h} of Apple's open sources.
 *
 * @since 0.1.0
 */
public final class MachOBinary implements Binary {
  /** The kind of a need. */
  public enum Link {
    /** Loading fails without it. */
    NORMAL,
    /** It may be missing. */
    WEAK,
    /** This file exports its symbols, too. */
    REEXPORT,
    /** A library that needs this one in turn. */
    UPWARD,
    /** Loaded when first used. */
    LAZY
  }

  /**
   * A needed library.
   *
   * @param name its install name
   * @param link the kind of the need
   * @param current its version when this file was linked, {@code 1.2.3}
   * @param compatible the oldest version that can be used
   */
  public record Dylib(String name, Link link, String current, String compatible) {}

  private static final int MH_DYLIB = 6;
  private static final int MH_BUNDLE = 8;
  private static final int MH_TWOLEVEL = 0x80;
  private static final int MH_WEAK_DEFINES = 0x8000;
  private static final int MH_ALLOW_STACK_EXECUTION = 0x20000;

  String machine;
  int type;
  int flags;
  String name;
  final List<Dylib> dylibs = new ArrayList<>();
  final List<String> rpaths = new ArrayList<>();
  final List<Section> sections = new ArrayList<>();
  final SortedSet<String> exported = new TreeSet<>();
  final SortedSet<String> symbolTableExports = new TreeSet<>();
  final SortedSet<String> imported = new TreeSet<>();
  final SortedSet<String> weakImports = new TreeSet<>();
  final SortedSet<String> flatImports = new TreeSet<>();
  String platform = "";
  String minimumOs;
  String sdk;
  String uuid;
  boolean textRelocations;
  boolean writableCode;
  boolean objectiveC;
  long headerPadding;
  long pageAlignment;
  Signature signature = Signature.NONE;

  MachOBinary() {}

  static MachOBinary read(byte[] content) throws IOException {
    return new MachOReader(Bytes.of(content)).read();
  }

  @Override
  public Format format() {
    return Format.MACH_O;
  }

  @Override
  public String machine() {
    return machine;
  }

  @Override
  public boolean is64Bit() {
    return true;
  }

  @Override
  public boolean sharedLibrary() {
    return type == MH_DYLIB || type == MH_BUNDLE;
  }

  /** The raw {@code filetype}. */
  public int type() {
    return type;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> needed() {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    dylibs.forEach(dylib -> names.add(dylib.name()));
    return List.copyOf(names);
  }

  /** The needed libraries with the kind of each need, in the file's order. */
  public List<Dylib> dylibs() {
    return Collections.unmodifiableList(dylibs);
  }

  /** The names in the export trie, which dyld uses; without a trie those in the symbol table. */
  @Override
  public SortedSet<String> exported() {
    return Collections.unmodifiableSortedSet(exported);
  }

  /**
   * External symbols of the symbol table. They differ from {@link #exported()} only after a mistake
   * of a tool.
   */
  public SortedSet<String> symbolTableExports() {
    return Collections.unmodifiableSortedSet(symbolTableExports);
  }

  @Override
  public SortedSet<String> imported() {
    return Collections.unmodifiableSortedSet(imported);
  }

  /** Those names of {@link #imported()} that may be missing. */
  public SortedSet<String> weakImports() {
    return Collections.unmodifiableSortedSet(weakImports);
  }

  /** Those names of {@link #imported()} that any loaded library may define. */
  public SortedSet<String> flatImports() {
    return Collections.unmodifiableSortedSet(flatImports);
  }

  @Override
  public List<String> rpaths() {
    return Collections.unmodifiableList(rpaths);
  }

  @Override
  public Optional<String> minimumOs() {
    return Optional.ofNullable(minimumOs);
  }

  /** The platform: {@code macOS}, {@code iOS}, ...; "" when the file does not name one. */
  public String platform() {
    return platform;
  }

  /** The SDK it was linked against, {@code 14.2}. */
  public Optional<String> sdk() {
    return Optional.ofNullable(sdk);
  }

  @Override
  public boolean executableStack() {
    return (flags & MH_ALLOW_STACK_EXECUTION) != 0;
  }

  @Override
  public boolean textRelocations() {
    return textRelocations;
  }

  @Override
  public boolean writableCode() {
    return writableCode;
  }

  @Override
  public long pageAlignment() {
    return pageAlignment;
  }

  /** The UUID as 32 hex digits. */
  @Override
  public Optional<String> debugId() {
    return Optional.ofNullable(uuid);
  }

  @Override
  public List<Section> sections() {
    return Collections.unmodifiableList(sections);
  }

  /** The raw flags of the header. */
  public int flags() {
    return flags;
  }

  /** True when each import names its library. */
  public boolean twoLevel() {
    return (flags & MH_TWOLEVEL) != 0;
  }

  /** True when it defines weak symbols, which dyld merges across all libraries of the process. */
  public boolean weakDefines() {
    return (flags & MH_WEAK_DEFINES) != 0;
  }

  /** True when it contains Objective-C, which dyld never unloads. */
  public boolean objectiveC() {
    return objectiveC;
  }

  /**
   * Free bytes between the load commands and the first section; a signing tool needs 16 for a new
   * {@code LC_CODE_SIGNATURE}.
   */
  public long headerPadding() {
    return headerPadding;
  }

  /** The code signature, with its page hashes checked. */
  public Signature signature() {
    return signature;
  }
}
