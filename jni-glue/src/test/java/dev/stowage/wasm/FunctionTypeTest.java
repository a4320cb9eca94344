package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionTypeTest {
  @Test
  void whatIsPrintedIsReadBack() {
    for (String text :
        new String[] {"() -> ()", "(i32) -> ()", "(i32, f64) -> (i64, f32)", "() -> (f32)"}) {
      assertThat(FunctionType.parse(text)).hasToString(text);
    }
    assertThat(FunctionType.parse(" ( i32,f64 )->(i64) ")).hasToString("(i32, f64) -> (i64)");
  }

  @Test
  void equalTypesAreEqual() {
    FunctionType type = FunctionType.parse("(i32) -> (i64)");
    assertThat(type)
        .isEqualTo(FunctionType.of(List.of(ValueType.I32), List.of(ValueType.I64)))
        .hasSameHashCodeAs(FunctionType.parse("(i32) -> (i64)"))
        .isNotEqualTo(FunctionType.parse("(i64) -> (i32)"))
        .isNotEqualTo(null);
  }

  @Test
  void cannotBeChanged() {
    List<ValueType> types = new ArrayList<>(List.of(ValueType.I32));
    FunctionType type = FunctionType.of(types, types);
    types.clear();
    assertThat(type).hasToString("(i32) -> (i32)");
    assertThatThrownBy(() -> type.results().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void refusesWhatIsNoType() {
    for (String wrong : new String[] {"", "i32", "(i32)", "(i32) -> i32", "i32 -> (i32)"}) {
      Fails.with(INVALID_ARGUMENT, () -> FunctionType.parse(wrong))
          .isEqualTo("'" + wrong + "' is not a function type; write it like (i32, f64) -> (i64)");
    }
    for (String wrong : new String[] {"(i32,) -> ()", "(,) -> ()", "(funcref) -> ()"}) {
      Fails.with(INVALID_ARGUMENT, () -> FunctionType.parse(wrong)).contains("not a number type");
    }
    assertThatThrownBy(() -> FunctionType.parse(null)).hasMessage("text");
    assertThatThrownBy(() -> FunctionType.of(null, List.of())).hasMessage("parameters");
  }
}
