package dev.stowage.wasm;

import java.util.List;

/**
 * What a module needs, offers and holds, and what it was made with. Immutable; lists are in the
 * module's order unless said otherwise, and cannot be changed.
 *
 * <pre>{@code
 * ModuleDescription description = Wasm.describe(calculator);
 * for (ModuleDescription.Import needed : description.imports()) {
 *   System.out.println(needed.module() + "." + needed.name() + " " + needed.type()); // host.call (i64) -> (i64)
 * }
 * System.out.println(description.memories()); // [1..16 pages]
 * System.out.println(description.features()); // []
 * }</pre>
 *
 * @since 0.1.0
 */
public final class ModuleDescription {
  private final List<Import> imports;
  private final List<Export> exports;
  private final List<String> memories;
  private final List<String> tables;
  private final List<String> globals;
  private final List<CustomSection> customSections;
  private final List<Producer> producers;
  private final List<String> features;

  ModuleDescription(
      List<Import> imports,
      List<Export> exports,
      List<String> memories,
      List<String> tables,
      List<String> globals,
      List<CustomSection> customSections,
      List<Producer> producers,
      List<String> features) {
    this.imports = imports;
    this.exports = exports;
    this.memories = memories;
    this.tables = tables;
    this.globals = globals;
    this.customSections = customSections;
    this.producers = producers;
    this.features = features;
  }

  /** Returns what the module imports. */
  public List<Import> imports() {
    return imports;
  }

  /** Returns what the module exports. */
  public List<Export> exports() {
    return exports;
  }

  /** Returns the types of its memories, imported ones first, like {@code 1..16 pages}. */
  public List<String> memories() {
    return memories;
  }

  /** Returns the types of its tables, imported ones first, like {@code funcref 1..10}. */
  public List<String> tables() {
    return tables;
  }

  /** Returns the types of its globals, imported ones first, like {@code mut i32}. */
  public List<String> globals() {
    return globals;
  }

  /** Returns its custom sections: names, debugging information and the like. */
  public List<CustomSection> customSections() {
    return customSections;
  }

  /** Returns the languages and tools it was made with, if its {@code producers} section says so. */
  public List<Producer> producers() {
    return producers;
  }

  /**
   * Returns the proposals it needs beyond the first version of WebAssembly, sorted, by their names
   * in the tool conventions, like {@code bulk-memory} or {@code simd128}.
   */
  public List<String> features() {
    return features;
  }

  /**
   * Kinds of imports and exports, in the order of their numbers in the WebAssembly binary format.
   *
   * @since 0.1.0
   */
  public enum Kind {
    /** A function, of a type like {@code (i64, i64) -> (i64)}. */
    FUNC,
    /** A table, of a type like {@code funcref 1..10}. */
    TABLE,
    /** A memory, of a type like {@code 1..16 pages} of 64 KiB. */
    MEMORY,
    /** A global, of a type like {@code mut i32}. */
    GLOBAL,
    /** An exception tag. */
    TAG
  }

  /**
   * Something the module needs.
   *
   * @since 0.1.0
   */
  public static final class Import {
    private final String module;
    private final String name;
    private final Kind kind;
    private final String type;

    Import(String module, String name, Kind kind, String type) {
      this.module = module;
      this.name = name;
      this.kind = kind;
      this.type = type;
    }

    /** Returns the first half of the two-part name. */
    public String module() {
      return module;
    }

    /** Returns the second half of the two-part name. */
    public String name() {
      return name;
    }

    /** Returns its kind. */
    public Kind kind() {
      return kind;
    }

    /** Returns its type in text form. */
    public String type() {
      return type;
    }
  }

  /**
   * Something the module offers.
   *
   * @since 0.1.0
   */
  public static final class Export {
    private final String name;
    private final Kind kind;
    private final String type;

    Export(String name, Kind kind, String type) {
      this.name = name;
      this.kind = kind;
      this.type = type;
    }

    /** Returns its name. */
    public String name() {
      return name;
    }

    /** Returns its kind. */
    public Kind kind() {
      return kind;
    }

    /** Returns its type in text form. */
    public String type() {
      return type;
    }
  }

  /**
   * Bytes in the module that WebAssembly gives no meaning to.
   *
   * @since 0.1.0
   */
  public static final class CustomSection {
    private final String name;
    private final long offset;
    private final long size;

    CustomSection(String name, long offset, long size) {
      this.name = name;
      this.offset = offset;
      this.size = size;
    }

    /** Returns its name, which is not unique. */
    public String name() {
      return name;
    }

    /** Returns where its content begins, in bytes from the start of the module. */
    public long offset() {
      return offset;
    }

    /** Returns how long its content is, in bytes, without the name. */
    public long size() {
      return size;
    }
  }

  /**
   * A language or tool that the module was made with.
   *
   * @since 0.1.0
   */
  public static final class Producer {
    private final String field;
    private final String name;
    private final String version;

    Producer(String field, String name, String version) {
      this.field = field;
      this.name = name;
      this.version = version;
    }

    /** Returns what it is: {@code language}, {@code processed-by} or {@code sdk}. */
    public String field() {
      return field;
    }

    /** Returns its name, like {@code Rust}. */
    public String name() {
      return name;
    }

    /** Returns its version; may be empty. */
    public String version() {
      return version;
    }
  }
}
