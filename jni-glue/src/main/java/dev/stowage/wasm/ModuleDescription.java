package dev.stowage.wasm;

import dev.stowage.wasm.internal.RecordReader;
import java.util.List;

/**
 * The imports, exports and contents of a module, and the tools that made it. Immutable; lists are
 * in the module's order unless noted otherwise, and cannot be changed.
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
  private static final int FORMAT = 1;

  private final List<Import> imports;
  private final List<Export> exports;
  private final List<String> memories;
  private final List<String> tables;
  private final List<String> globals;
  private final List<CustomSection> customSections;
  private final List<Producer> producers;
  private final List<String> features;

  private ModuleDescription(RecordReader in) {
    imports = in.list(Import::new);
    exports = in.list(Export::new);
    memories = in.list(RecordReader::str);
    tables = in.list(RecordReader::str);
    globals = in.list(RecordReader::str);
    customSections = in.list(CustomSection::new);
    producers = in.list(Producer::new);
    features = in.list(RecordReader::str);
  }

  /** Reads format 1, which is defined above {@code swr_describe} in stowage_wasm_rust.h. */
  static ModuleDescription read(byte[] record) {
    RecordReader in = new RecordReader("the description", record);
    int format = in.u32();
    if (format != FORMAT) {
      throw in.bad("format " + format + " where " + FORMAT + " is known");
    }
    ModuleDescription description = new ModuleDescription(in);
    in.end();
    return description;
  }

  /** Returns the imports of the module. */
  public List<Import> imports() {
    return imports;
  }

  /** Returns the exports of the module. */
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

  /**
   * Returns the languages and tools it was made with, as its {@code producers} section lists them.
   */
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
    TAG;

    private static final Kind[] BY_NUMBER = values();

    static Kind read(RecordReader in) {
      int number = in.u8();
      if (number >= BY_NUMBER.length) {
        throw in.bad("kind " + number);
      }
      return BY_NUMBER[number];
    }
  }

  /**
   * An import of the module.
   *
   * @since 0.1.0
   */
  public static final class Import {
    private final String module;
    private final String name;
    private final Kind kind;
    private final String type;

    Import(RecordReader in) {
      module = in.str();
      name = in.str();
      kind = Kind.read(in);
      type = in.str();
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
   * An export of the module.
   *
   * @since 0.1.0
   */
  public static final class Export {
    private final String name;
    private final Kind kind;
    private final String type;

    Export(RecordReader in) {
      name = in.str();
      kind = Kind.read(in);
      type = in.str();
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
   * A custom section: bytes that have no meaning in WebAssembly itself.
   *
   * @since 0.1.0
   */
  public static final class CustomSection {
    private final String name;
    private final long offset;
    private final long size;

    CustomSection(RecordReader in) {
      name = in.str();
      offset = in.u64();
      size = in.u64();
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
   * A language or tool that made the module.
   *
   * @since 0.1.0
   */
  public static final class Producer {
    private final String field;
    private final String name;
    private final String version;

    Producer(RecordReader in) {
      field = in.str();
      name = in.str();
      version = in.str();
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
