package dev.stowage.wasm;

import static dev.stowage.wasm.ValueType.F32;
import static dev.stowage.wasm.ValueType.F64;
import static dev.stowage.wasm.ValueType.I32;
import static dev.stowage.wasm.ValueType.I64;
import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueTypeTest {
  private static final long LOW = 0xffff_ffffL;

  @Test
  void namesAreThoseOfTheTextForm() {
    assertThat(ValueType.values())
        .extracting(ValueType::toString)
        .containsExactly("i32", "i64", "f32", "f64");
    assertThat(ValueType.of("f32")).isEqualTo(F32);
    for (String wrong : new String[] {"", "I32", "v128", "funcref", " i32"}) {
      Fails.with(INVALID_ARGUMENT, () -> ValueType.of(wrong))
          .isEqualTo("'" + wrong + "' is not a number type; use i32, i64, f32 or f64");
    }
  }

  @Test
  void thirtyTwoBitsStandInTheLowHalf() {
    assertThat(I32.toSlot(-1)).isEqualTo(LOW);
    assertThat(I32.fromSlot(0x1234_5678_ffff_ffffL)).isEqualTo(-1);
    assertThat(F32.toSlot(-0.0f)).isEqualTo(0x8000_0000L);
    assertThat(F32.fromSlot(0x1234_5678_3f80_0000L)).isEqualTo(1.0f);
    assertThat(I32.format(-1L)).isEqualTo("-1");
  }

  @Test
  void boxesOfAnotherClassAreRefused() {
    assertThat(I64.toSlot(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    Fails.with(INVALID_ARGUMENT, () -> I64.toSlot(1))
        .isEqualTo("1 (java.lang.Integer) is not an i64; give a java.lang.Long");
    Fails.with(INVALID_ARGUMENT, () -> F64.toSlot(null))
        .isEqualTo("null is not an f64; give a java.lang.Double");
  }

  @Test
  void integersAreReadSignedAndUnsignedUpToTheirBits() {
    assertThat(I32.parse("-2147483648")).isEqualTo(0x8000_0000L);
    assertThat(I32.parse("2147483647")).isEqualTo(0x7fff_ffffL);
    assertThat(I32.parse("4294967295")).isEqualTo(LOW);
    assertThat(I32.parse("0xffffFFFF")).isEqualTo(LOW);
    assertThat(I64.parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(I64.parse("-0x8000000000000000")).isEqualTo(Long.MIN_VALUE);
    assertThat(I64.parse("18446744073709551615")).isEqualTo(-1);
    assertThat(I64.parse("+7")).isEqualTo(7);
    for (String wrong :
        new String[] {"", "-", "1.5", "0x", "--1", "-+1", "1_000", " 1", "\u0661"}) {
      Fails.with(INVALID_ARGUMENT, () -> I32.parse(wrong))
          .isEqualTo("'" + wrong + "' is not an i32");
    }
    for (String wrong : new String[] {"4294967296", "-2147483649", "0x100000000"}) {
      Fails.with(INVALID_ARGUMENT, () -> I32.parse(wrong))
          .isEqualTo("'" + wrong + "' is out of range for i32");
    }
    Fails.with(INVALID_ARGUMENT, () -> I64.parse("18446744073709551616")).contains("out of range");
    assertThatThrownBy(() -> I64.parse(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void realsAreReadAsInJavaAndInWebAssembly() {
    assertThat(F64.parse("-0.5")).isEqualTo(Double.doubleToRawLongBits(-0.5));
    assertThat(F64.parse("1e400")).isEqualTo(Double.doubleToRawLongBits(Double.POSITIVE_INFINITY));
    assertThat(F64.parse("0x1p-3")).isEqualTo(Double.doubleToRawLongBits(0.125));
    assertThat(F32.parse("16777217")).isEqualTo(Float.floatToRawIntBits(16777216f));
    assertThat(F32.parse("-inf")).isEqualTo(0xff80_0000L);
    assertThat(F32.parse("nan")).isEqualTo(0x7fc0_0000L);
    assertThat(F32.parse("-nan:0x1")).isEqualTo(0xff80_0001L);
    assertThat(F64.parse("nan:0xfffffffffffff")).isEqualTo(Long.MAX_VALUE);
    for (String wrong :
        new String[] {"", "NaN", "Infinity", "nan:1", "x", " 1", "1 ", "0x", "nan:0x"}) {
      Fails.with(INVALID_ARGUMENT, () -> F64.parse(wrong))
          .isEqualTo("'" + wrong + "' is not an f64");
    }
    for (String wrong : new String[] {"nan:0x0", "nan:0x800000", "nan:0xffffffffffffffffff"}) {
      Fails.with(INVALID_ARGUMENT, () -> F32.parse(wrong)).contains("out of range for f32");
    }
  }

  @Test
  void whatIsFormattedIsReadBackBitByBit() {
    Random random = new Random(7);
    long[] edges = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x7ff0_0000_0000_0001L, 0x7f80_0001L};
    for (int i = 0; i < 10_000; i++) {
      long slot = i < edges.length ? edges[i] : random.nextLong();
      // Every fourth value has all bits of the exponent set: infinities and NaNs.
      long bits = i % 4 == 3 ? slot | 0x7ff0_0000_0000_0000L : slot;
      assertThat(I64.parse(I64.format(bits))).isEqualTo(bits);
      assertThat(F64.parse(F64.format(bits))).isEqualTo(bits);
      long low = (i % 4 == 3 ? slot | 0x7f80_0000L : slot) & LOW;
      assertThat(I32.parse(I32.format(low))).isEqualTo(low);
      assertThat(F32.parse(F32.format(low))).isEqualTo(low);
    }
  }

  @Test
  void boxesComeBack() {
    Random random = new Random(8);
    for (int i = 0; i < 10_000; i++) {
      assertThat(I32.fromSlot(I32.toSlot(i - 5000))).isEqualTo(i - 5000);
      long bits = random.nextLong();
      assertThat(I64.fromSlot(I64.toSlot(bits))).isEqualTo(bits);
      double real = random.nextGaussian();
      assertThat(F64.fromSlot(F64.toSlot(real))).isEqualTo(real);
      assertThat(F32.fromSlot(F32.toSlot((float) real))).isEqualTo((float) real);
    }
  }
}
