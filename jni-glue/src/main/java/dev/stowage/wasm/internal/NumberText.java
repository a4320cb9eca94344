package dev.stowage.wasm.internal;

import dev.stowage.wasm.ValueType;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses and formats numbers for {@link ValueType}. NaN and infinity are written as in
 * WebAssembly's text format (core specification 2.0, 6.3.2).
 */
public final class NumberText {
  private static final int HEX = 16;
  private static final Pattern INTEGER = Pattern.compile("([+-]?)(?:0[xX]([0-9a-fA-F]+)|([0-9]+))");
  private static final Pattern SPECIAL =
      Pattern.compile("([+-]?)(?:(inf)|nan(?::0x([0-9a-fA-F]+))?)");

  /**
   * Excludes forms that Java accepts in addition: blanks, and Java's own names of NaN and infinity.
   */
  private static final Pattern FINITE = Pattern.compile("[+-]?[0-9.]\\S*");

  private NumberText() {}

  /** Returns an integer of 32 or 64 bits, signed or unsigned, not yet cut to its type. */
  public static long integer(ValueType type, String text) {
    Matcher parts = INTEGER.matcher(text);
    if (!parts.matches()) {
      throw WasmErrors.invalid(WasmMessages.noNumber(text, type));
    }
    BigInteger value =
        parts.group(2) == null
            ? new BigInteger(parts.group(3))
            : new BigInteger(parts.group(2), HEX);
    BigInteger signed = parts.group(1).equals("-") ? value.negate() : value;
    BigInteger end = BigInteger.ONE.shiftLeft(type == ValueType.I32 ? Integer.SIZE : Long.SIZE);
    if (signed.compareTo(end) >= 0 || signed.compareTo(end.shiftRight(1).negate()) < 0) {
      throw WasmErrors.invalid(WasmMessages.outOfRange(text, type));
    }
    return signed.longValue();
  }

  /** Returns the bits of a number of type f32 or f64. */
  public static long real(ValueType type, String text) {
    Matcher special = SPECIAL.matcher(text);
    if (special.matches()) {
      return (special.group(1).equals("-") ? signBit(type) : 0) | special(type, text, special);
    }
    if (!FINITE.matcher(text).matches()) {
      throw WasmErrors.invalid(WasmMessages.noNumber(text, type));
    }
    try {
      return type == ValueType.F32
          ? Integer.toUnsignedLong(Float.floatToRawIntBits(Float.parseFloat(text)))
          : Double.doubleToRawLongBits(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw WasmErrors.invalid(WasmMessages.noNumber(text, type));
    }
  }

  private static long special(ValueType type, String text, Matcher parts) {
    if (parts.group(2) != null) {
      return infinity(type);
    }
    BigInteger fraction =
        parts.group(3) == null
            ? BigInteger.valueOf(quietBit(type))
            : new BigInteger(parts.group(3), HEX);
    if (fraction.signum() == 0 || fraction.compareTo(BigInteger.valueOf(fractionBits(type))) > 0) {
      throw WasmErrors.invalid(WasmMessages.outOfRange(text, type));
    }
    return infinity(type) | fraction.longValue();
  }

  /** Returns the text that {@link #real} parses to these bits. */
  public static String format(ValueType type, long slot) {
    long bits = type == ValueType.F32 ? Integer.toUnsignedLong((int) slot) : slot;
    String sign = (bits & signBit(type)) == 0 ? "" : "-";
    long fraction = bits & fractionBits(type);
    if ((bits & infinity(type)) != infinity(type)) {
      return type.fromSlot(slot).toString();
    }
    if (fraction == 0) {
      return sign + "inf";
    }
    return sign + "nan" + (fraction == quietBit(type) ? "" : ":0x" + Long.toHexString(fraction));
  }

  /** Returns all bits of the exponent: infinity, or a NaN when the fraction is not 0. */
  private static long infinity(ValueType type) {
    return type == ValueType.F32 ? 0x7f80_0000L : 0x7ff0_0000_0000_0000L;
  }

  /** Returns the bits below the exponent. */
  private static long fractionBits(ValueType type) {
    return Long.lowestOneBit(infinity(type)) - 1;
  }

  private static long quietBit(ValueType type) {
    return Long.lowestOneBit(infinity(type)) >> 1;
  }

  private static long signBit(ValueType type) {
    return type == ValueType.F32 ? 1L << 31 : 1L << 63;
  }
}
