package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.wasm.ModuleDescription.Kind;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Assembles the modules of these tests; numbers from the WebAssembly core specification, chapter 5.
 * Imports before functions, as their numbers count on.
 */
final class Assembler {
  private final List<byte[]> types = new ArrayList<>();
  private final List<byte[]> imports = new ArrayList<>();
  private final List<byte[]> functions = new ArrayList<>();
  private final List<byte[]> tables = new ArrayList<>();
  private final List<byte[]> memories = new ArrayList<>();
  private final List<byte[]> globals = new ArrayList<>();
  private final List<byte[]> exports = new ArrayList<>();
  private final List<byte[]> bodies = new ArrayList<>();
  private byte[] start = {};
  private byte[] custom = {};

  /** By kind: they come first in the numbering. */
  private final int[] imported = new int[Kind.values().length];

  /** Returns the function's number. */
  int importFunction(String module, String name, String type) {
    imports.add(join(name(module), name(name), bytes(0), unsigned(type(type))));
    return imported[0]++;
  }

  Assembler importMemory(String module, String name, int pages) {
    imports.add(join(name(module), name(name), bytes(2, 0), unsigned(pages)));
    imported[2]++;
    return this;
  }

  Assembler importTable(String module, String name, int elements) {
    imports.add(join(name(module), name(name), bytes(1, 0x70, 0), unsigned(elements)));
    imported[1]++;
    return this;
  }

  /** {@code type} like {@code mut i32}. */
  Assembler importGlobal(String module, String name, String type) {
    imports.add(join(name(module), name(name), bytes(3), global(type)));
    imported[3]++;
    return this;
  }

  Assembler memory(String name, int least, int most) {
    memories.add(join(bytes(1), unsigned(least), unsigned(most)));
    return export(name, Kind.MEMORY, imported[2] + memories.size() - 1);
  }

  Assembler table(String name, int least, int most) {
    tables.add(join(bytes(0x70, 1), unsigned(least), unsigned(most)));
    return export(name, Kind.TABLE, imported[1] + tables.size() - 1);
  }

  /** {@code value}: the instructions of a constant expression. */
  Assembler global(String name, String type, int... value) {
    globals.add(join(global(type), bytes(value), bytes(0x0b)));
    return export(name, Kind.GLOBAL, imported[3] + globals.size() - 1);
  }

  /** Exports it unless {@code name} is null; returns its number. */
  int function(String name, String type, int... instructions) {
    functions.add(unsigned(type(type)));
    bodies.add(sized(join(bytes(0), bytes(instructions), bytes(0x0b))));
    int number = imported[0] + functions.size() - 1;
    if (name != null) {
      export(name, Kind.FUNC, number);
    }
    return number;
  }

  Assembler export(String name, Kind kind, int number) {
    exports.add(join(name(name), bytes(kind.ordinal()), unsigned(number)));
    return this;
  }

  Assembler start(int function) {
    start = join(bytes(8), sized(unsigned(function)));
    return this;
  }

  Assembler custom(String name, byte[] content) {
    custom = join(custom, bytes(0), sized(join(name(name), content)));
    return this;
  }

  byte[] build() {
    return join(
        bytes(0, 'a', 's', 'm', 1, 0, 0, 0),
        section(1, types),
        section(2, imports),
        section(3, functions),
        section(4, tables),
        section(5, memories),
        section(6, globals),
        section(7, exports),
        start,
        section(10, bodies),
        custom);
  }

  private int type(String text) {
    FunctionType type = FunctionType.parse(text);
    byte[] parameters = vector(type.parameters());
    byte[] encoded = join(bytes(0x60), parameters, vector(type.results()));
    for (int i = 0; i < types.size(); i++) {
      if (Arrays.equals(types.get(i), encoded)) {
        return i;
      }
    }
    types.add(encoded);
    return types.size() - 1;
  }

  private static byte[] vector(List<ValueType> types) {
    byte[] numbers = new byte[types.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(types.get(i));
    }
    return sized(numbers);
  }

  private static byte[] global(String type) {
    boolean mutable = type.startsWith("mut ");
    return bytes(number(ValueType.of(mutable ? type.substring(4) : type)), mutable ? 1 : 0);
  }

  private static byte number(ValueType type) {
    return (byte) (0x7f - type.ordinal());
  }

  private static byte[] section(int id, List<byte[]> items) {
    if (items.isEmpty()) {
      return new byte[0];
    }
    byte[] content = join(items.toArray(new byte[0][]));
    return join(bytes(id), sized(join(unsigned(items.size()), content)));
  }

  static byte[] name(String name) {
    return sized(name.getBytes(UTF_8));
  }

  private static byte[] sized(byte[] content) {
    return join(unsigned(content.length), content);
  }

  static byte[] unsigned(int value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int rest = value;
    while (rest >>> 7 != 0) {
      out.write(rest | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    return out.toByteArray();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
