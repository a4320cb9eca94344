package dev.stowage.wasm;

import dev.stowage.wasm.ModuleDescription.CustomSection;
import dev.stowage.wasm.ModuleDescription.Export;
import dev.stowage.wasm.ModuleDescription.Import;
import dev.stowage.wasm.ModuleDescription.Kind;
import dev.stowage.wasm.ModuleDescription.Producer;
import java.util.List;

/**
 * Reads description format 1, which is defined above {@code swr_describe} in stowage_wasm_rust.h.
 */
final class DescriptionReader {
  private static final int FORMAT = 1;
  private static final Kind[] KINDS = Kind.values();

  private DescriptionReader() {}

  static ModuleDescription read(byte[] bytes) {
    RecordReader in = new RecordReader("the description", bytes);
    int format = in.u32();
    if (format != FORMAT) {
      throw in.bad("format " + format + " where " + FORMAT + " is known");
    }
    List<Import> imports = in.list(r -> new Import(r.str(), r.str(), kind(r), r.str()));
    List<Export> exports = in.list(r -> new Export(r.str(), kind(r), r.str()));
    List<String> memories = in.list(RecordReader::str);
    List<String> tables = in.list(RecordReader::str);
    List<String> globals = in.list(RecordReader::str);
    List<CustomSection> sections = in.list(r -> new CustomSection(r.str(), r.u64(), r.u64()));
    List<Producer> producers = in.list(r -> new Producer(r.str(), r.str(), r.str()));
    List<String> features = in.list(RecordReader::str);
    in.end();
    return new ModuleDescription(
        imports, exports, memories, tables, globals, sections, producers, features);
  }

  private static Kind kind(RecordReader in) {
    int kind = in.u8();
    if (kind >= KINDS.length) {
      throw in.bad("kind " + kind);
    }
    return KINDS[kind];
  }
}
