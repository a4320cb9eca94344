package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.CLOSED;
import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static dev.stowage.wasm.WasmException.Code.UNKNOWN_EXPORT;
import static dev.stowage.wasm.WasmException.Code.WRONG_ARGUMENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.wasm.fixture.Assembler;
import dev.stowage.wasm.fixture.NoLeaks;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class WasmGlobalTest {
  private static final String[] TYPES = {"i32", "i64", "f32", "f64"};

  private final WasmInstance instance = WasmInstance.open(module(), options());

  @AfterEach
  void close() {
    instance.close();
  }

  @Test
  void everyTypeKeepsEveryBit() {
    Random random = new Random(3);
    for (String type : TYPES) {
      WasmGlobal global = instance.global("env." + type);
      assertThat(global.type()).hasToString(type);
      assertThat(global.isMutable()).isTrue();
      assertThat(global.name()).isEqualTo("env." + type);
      long mask = type.endsWith("32") ? 0xffff_ffffL : -1;
      assertThat(global.get()).isEqualTo(-2L & mask);
      for (int i = 0; i < 1000; i++) {
        long slot = i == 0 ? 0x7ff0_0000_7f80_0001L : random.nextLong();
        global.set(slot);
        assertThat(global.get()).isEqualTo(slot & mask);
      }
    }
  }

  @Test
  void moduleSeesWhatIsSet() {
    WasmGlobal counter = instance.global("counter");
    assertThat(counter.get()).isEqualTo(5);
    instance.function("count").call();
    assertThat(counter.get()).isEqualTo(6);
    counter.set(41);
    instance.function("count").call();
    assertThat(counter.get()).isEqualTo(42);
  }

  @Test
  void constantsCannotBeSet() {
    WasmGlobal answer = instance.global("answer");
    assertThat(answer.isMutable()).isFalse();
    assertThat(answer.get()).isEqualTo(42);
    Fails.with(WRONG_ARGUMENTS, () -> answer.set(1)).contains("answer");
    assertThat(answer.get()).isEqualTo(42);
  }

  @Test
  void unknownOnesAndClosedOnes() {
    Fails.with(UNKNOWN_EXPORT, () -> instance.global("countre"))
        .contains("countre")
        .contains("counter");
    Fails.with(UNKNOWN_EXPORT, () -> instance.global("count")).isNotBlank();
    Fails.with(INVALID_ARGUMENT, () -> instance.global("\uDEA2"))
        .startsWith("global name: lone surrogate U+DEA2 at index 0;");
    assertThatThrownBy(() -> instance.global(null)).hasMessage("global name");
    WasmGlobal counter = instance.global("counter");
    instance.close();
    Fails.with(CLOSED, counter::get).isNotBlank();
    Fails.with(CLOSED, () -> counter.set(1)).isNotBlank();
    Fails.with(CLOSED, () -> instance.global("counter")).isNotBlank();
  }

  @Test
  void everyInstanceHasItsOwn() {
    try (WasmInstance other = WasmInstance.open(module(), options())) {
      instance.global("env.i64").set(7);
      assertThat(other.global("env.i64").get()).isEqualTo(-2);
    }
  }

  @Test
  void typesThatAreNone() {
    for (String wrong : new String[] {"", "int", "i32 mut", "v128"}) {
      InstanceOptions options = InstanceOptions.defaults().withGlobal("env", "g", wrong, 0);
      Fails.with(INVALID_ARGUMENT, () -> WasmInstance.open(module(), options)).isNotBlank();
    }
    assertThatThrownBy(() -> InstanceOptions.defaults().withGlobal("env", "g", null, 0))
        .hasMessage("type");
  }

  private static byte[] module() {
    Assembler module = new Assembler();
    for (String type : TYPES) {
      module.importGlobal("env", type, "mut " + type);
    }
    module.global("counter", "mut i64", 0x42, 5).global("answer", "i32", 0x41, 42);
    module.function("count", "() -> ()", 0x23, 4, 0x42, 1, 0x7c, 0x24, 4);
    return module.build();
  }

  private static InstanceOptions options() {
    InstanceOptions options = InstanceOptions.defaults();
    for (String type : TYPES) {
      options = options.withGlobal("env", type, "mut " + type, -2);
    }
    return options;
  }
}
