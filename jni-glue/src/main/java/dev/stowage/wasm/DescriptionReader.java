package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.wasm.ModuleDescription.Export;
import dev.stowage.wasm.ModuleDescription.Import;
import dev.stowage.wasm.ModuleDescription.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads description format 1, which is defined above {@code swr_describe} in stowage_wasm_rust.h.
 */
final class DescriptionReader {
  private static final int FORMAT = 1;
  private static final Kind[] KINDS = Kind.values();

  private final ByteBuffer in;

  private DescriptionReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static ModuleDescription read(byte[] bytes) {
    return new DescriptionReader(bytes).module();
  }

  private ModuleDescription module() {
    int format = number();
    if (format != FORMAT) {
      throw bad("format " + format + " where " + FORMAT + " is known");
    }
    List<Import> imports = new ArrayList<Import>();
    for (int left = number(); left > 0; left--) {
      imports.add(new Import(string(), string(), kind(), string()));
    }
    List<Export> exports = new ArrayList<Export>();
    for (int left = number(); left > 0; left--) {
      exports.add(new Export(string(), kind(), string()));
    }
    if (in.hasRemaining()) {
      throw bad(in.remaining() + " bytes too many");
    }
    return new ModuleDescription(
        Collections.unmodifiableList(imports), Collections.unmodifiableList(exports));
  }

  private int number() {
    need(Integer.BYTES);
    int value = in.getInt();
    if (value < 0) {
      throw bad("number above 2147483647");
    }
    return value;
  }

  private String string() {
    byte[] utf8 = new byte[need(number())];
    in.get(utf8);
    return new String(utf8, UTF_8);
  }

  private Kind kind() {
    need(1);
    int kind = in.get() & 0xff;
    if (kind >= KINDS.length) {
      throw bad("kind " + kind);
    }
    return KINDS[kind];
  }

  private int need(int bytes) {
    if (in.remaining() < bytes) {
      throw bad("end of data, " + bytes + " bytes expected");
    }
    return bytes;
  }

  private WasmException bad(String reason) {
    return new WasmException(
        WasmException.Code.INTERNAL, Messages.badDescription(reason, in.position()));
  }
}
