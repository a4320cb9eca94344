package dev.stowage.wasm;

import dev.stowage.wasm.internal.NumberText;
import dev.stowage.wasm.internal.WasmErrors;
import dev.stowage.wasm.internal.WasmMessages;
import java.util.Locale;

/**
 * The number types of WebAssembly, and their representation in slots.
 *
 * <p>A slot is the {@code long} in which {@link WasmFunction#call}, {@link HostFunction} and {@link
 * WasmGlobal} carry one value of any type: an {@code i64} directly; an {@code i32} in the low 32
 * bits; {@code f32} and {@code f64} as their bits. The high half of a 32-bit value is ignored in
 * arguments and 0 in results. From Java:
 *
 * <pre>{@code
 * long i32 = -1;
 * System.out.println((int) i32); // -1
 * long f64 = Double.doubleToRawLongBits(0.5);
 * System.out.println(ValueType.F64.format(f64)); // 0.5
 * System.out.println(ValueType.I32.format(0xffff_ffffL)); // -1
 * System.out.println(ValueType.F32.fromSlot(ValueType.F32.parse("nan:0x200001"))); // NaN
 * }</pre>
 *
 * <p>Slots keep every bit, also of a NaN. Java's {@code float} and {@code double} may turn a
 * signalling NaN into a quiet one.
 *
 * @since 0.1.0
 */
public enum ValueType {
  /** 32-bit integer; a Java {@code int}. */
  I32 {
    @Override
    public long toSlot(Object value) {
      return value instanceof Integer ? Integer.toUnsignedLong((Integer) value) : mismatch(value);
    }

    @Override
    public Object fromSlot(long slot) {
      return (int) slot;
    }

    @Override
    public long parse(String text) {
      return Integer.toUnsignedLong((int) NumberText.integer(this, text));
    }

    @Override
    public String format(long slot) {
      return Integer.toString((int) slot);
    }
  },

  /** 64-bit integer; a Java {@code long}. */
  I64 {
    @Override
    public long toSlot(Object value) {
      return value instanceof Long ? (Long) value : mismatch(value);
    }

    @Override
    public Object fromSlot(long slot) {
      return slot;
    }

    @Override
    public long parse(String text) {
      return NumberText.integer(this, text);
    }

    @Override
    public String format(long slot) {
      return Long.toString(slot);
    }
  },

  /** 32-bit IEEE 754 number; a Java {@code float}. */
  F32 {
    @Override
    public long toSlot(Object value) {
      return value instanceof Float
          ? Integer.toUnsignedLong(Float.floatToRawIntBits((Float) value))
          : mismatch(value);
    }

    @Override
    public Object fromSlot(long slot) {
      return Float.intBitsToFloat((int) slot);
    }

    @Override
    public long parse(String text) {
      return NumberText.real(this, text);
    }

    @Override
    public String format(long slot) {
      return NumberText.format(this, slot);
    }
  },

  /** 64-bit IEEE 754 number; a Java {@code double}. */
  F64 {
    @Override
    public long toSlot(Object value) {
      return value instanceof Double ? Double.doubleToRawLongBits((Double) value) : mismatch(value);
    }

    @Override
    public Object fromSlot(long slot) {
      return Double.longBitsToDouble(slot);
    }

    @Override
    public long parse(String text) {
      return NumberText.real(this, text);
    }

    @Override
    public String format(long slot) {
      return NumberText.format(this, slot);
    }
  };

  /**
   * Returns the type with a name in WebAssembly's text form.
   *
   * @param name {@code i32}, {@code i64}, {@code f32} or {@code f64}
   * @throws WasmException {@code INVALID_ARGUMENT} for another name
   */
  public static ValueType of(String name) {
    for (ValueType type : values()) {
      if (type.toString().equals(name)) {
        return type;
      }
    }
    throw WasmErrors.invalid(WasmMessages.noValueType(name));
  }

  /**
   * Returns the slot of a boxed value.
   *
   * @param value an {@code Integer}, {@code Long}, {@code Float} or {@code Double}, matching this
   *     type
   * @throws WasmException {@code INVALID_ARGUMENT} if it is null or of another class
   */
  public abstract long toSlot(Object value);

  /** Returns the boxed value of a slot: the reverse of {@link #toSlot}. */
  public abstract Object fromSlot(long slot);

  /**
   * Returns the slot of a number as people write it.
   *
   * @param text integers decimal or {@code 0x...}, signed or unsigned; others as in Java, and
   *     {@code inf}, {@code nan} and {@code nan:0x...} (the bits of its fraction), with a sign or
   *     without
   * @throws WasmException {@code INVALID_ARGUMENT} if it is not a number, or out of range
   */
  public abstract long parse(String text);

  /**
   * Returns a slot as people write it; integers signed. {@link #parse} reads it back, bit by bit.
   */
  public abstract String format(long slot);

  /** Returns the name in WebAssembly's text form, like {@code i32}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Always throws; the return type allows its use in an expression. */
  long mismatch(Object value) {
    throw WasmErrors.invalid(WasmMessages.notOfType(value, this));
  }
}
