package dev.stowage.wasm;

import java.util.List;

/**
 * What a module needs and offers. Immutable; lists are in the module's order and cannot be changed.
 *
 * @since 0.1.0
 */
public final class ModuleDescription {
  private final List<Import> imports;
  private final List<Export> exports;

  ModuleDescription(List<Import> imports, List<Export> exports) {
    this.imports = imports;
    this.exports = exports;
  }

  /** Returns what the module imports. */
  public List<Import> imports() {
    return imports;
  }

  /** Returns what the module exports. */
  public List<Export> exports() {
    return exports;
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
}
