package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static dev.stowage.wasm.WasmException.Code.MISSING_IMPORT;
import static dev.stowage.wasm.WasmException.Code.OUT_OF_FUEL;
import static dev.stowage.wasm.WasmException.Code.TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.wasm.fixture.Assembler;
import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import dev.stowage.wasm.internal.RecordReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class InstanceOptionsTest {
  private static final InstanceOptions DEFAULTS = InstanceOptions.defaults();

  @Test
  void defaultsAreThoseOfTheCore() throws IOException {
    String header = Files.readString(Path.of("../rust-core/include/stowage_wasm_rust.h"));
    assertThat(defined(header, "FUEL")).isEqualTo(InstanceOptions.DEFAULT_FUEL);
    assertThat(defined(header, "MEMORY_PAGES")).isEqualTo(InstanceOptions.DEFAULT_MEMORY_PAGES);
    assertThat(defined(header, "TABLE_ELEMENTS")).isEqualTo(InstanceOptions.DEFAULT_TABLE_ELEMENTS);
    assertThat(defined(header, "CALL_DEPTH")).isEqualTo(InstanceOptions.DEFAULT_CALL_DEPTH);
  }

  @Test
  void negativeLimitsAreRefused() {
    Fails.with(INVALID_ARGUMENT, () -> DEFAULTS.withFuel(-1)).isEqualTo("fuel: -1 is negative");
    Fails.with(INVALID_ARGUMENT, () -> DEFAULTS.withMemoryPages(-2))
        .isEqualTo("memory pages: -2 is negative");
    Fails.with(INVALID_ARGUMENT, () -> DEFAULTS.withTableElements(-3))
        .isEqualTo("table elements: -3 is negative");
    Fails.with(INVALID_ARGUMENT, () -> DEFAULTS.withCallDepth(-4))
        .isEqualTo("call depth: -4 is negative");
  }

  @Test
  void limitsAreSumsOverTheInstance() {
    byte[] memories = new Assembler().memory("a", 2, 10).memory("b", 3, 10).build();
    WasmInstance.open(memories, DEFAULTS.withMemoryPages(5)).close();
    Fails.with(TOO_LARGE, () -> WasmInstance.open(memories, DEFAULTS.withMemoryPages(4)))
        .contains("5")
        .contains("4");
    byte[] tables = new Assembler().table("a", 20, 30).table("b", 30, 40).build();
    WasmInstance.open(tables, DEFAULTS.withTableElements(50)).close();
    Fails.with(TOO_LARGE, () -> WasmInstance.open(tables, DEFAULTS.withTableElements(49)))
        .contains("50")
        .contains("49");
    Fails.with(TOO_LARGE, () -> WasmInstance.open(Modules.calculator(), host().withMemoryPages(0)))
        .isNotBlank();
  }

  @Test
  void growingBeyondALimitIsMinusOneInTheModule() {
    Assembler module = new Assembler().memory("memory", 1, 100);
    module.function("grow", "(i32) -> (i32)", 0x20, 0, 0x40, 0);
    try (WasmInstance instance = WasmInstance.open(module.build(), DEFAULTS.withMemoryPages(3))) {
      assertThat(instance.function("grow").call(2)).containsExactly(1);
      assertThat(instance.function("grow").call(1)).containsExactly(0xffff_ffffL);
    }
  }

  @Test
  void callDepthBeyondTheCoreIsRefused() {
    InstanceOptions deep = host().withCallDepth(Integer.MAX_VALUE);
    Fails.with(INVALID_ARGUMENT, () -> WasmInstance.open(Modules.calculator(), deep))
        .contains("1000000");
    WasmInstance.open(Modules.calculator(), host().withCallDepth(1_000_000)).close();
  }

  @Test
  void fuelIsPerCall() {
    try (WasmInstance instance = WasmInstance.open(Modules.calculator(), host().withFuel(100))) {
      for (int i = 0; i < 1000; i++) {
        assertThat(instance.function("add").call(i, 1)).containsExactly(i + 1);
      }
      Fails.with(OUT_OF_FUEL, () -> instance.function("loop").call()).contains("loop");
      assertThat(instance.function("add").call(1, 1)).containsExactly(2);
    }
  }

  @Test
  void tablesAndMemoriesAreOffered() {
    byte[] module =
        new Assembler().importTable("env", "table", 5).importMemory("env", "memory", 2).build();
    InstanceOptions options =
        DEFAULTS
            .withTable("env", "table", "funcref 5..10")
            .withMemory("env", "memory", "2..")
            .withMemory("env", "unused", "1.. pages");
    Fails.with(MISSING_IMPORT, () -> WasmInstance.open(module, DEFAULTS)).contains("env.table");
    Fails.with(INVALID_ARGUMENT, () -> WasmInstance.open(module, options)).contains("2..");
    InstanceOptions right =
        DEFAULTS
            .withTable("env", "table", "funcref 5..10")
            .withMemory("env", "memory", "2.. pages");
    try (WasmInstance instance = WasmInstance.open(module, right)) {
      assertThat(instance.memory("env.memory").size()).isEqualTo(2 * 65536);
    }
  }

  @Test
  void modulesComeFromAnyBuffer() {
    byte[] bytes = Modules.calculator();
    for (ByteBuffer whole :
        new ByteBuffer[] {
          ByteBuffer.allocateDirect(bytes.length + 9), ByteBuffer.allocate(bytes.length + 9)
        }) {
      whole.position(4);
      whole.put(bytes).flip().position(4);
      for (ByteBuffer module : new ByteBuffer[] {whole, whole.asReadOnlyBuffer(), whole.slice()}) {
        try (WasmInstance instance = WasmInstance.open(module, host())) {
          assertThat(instance.function("add").call(1, 2)).containsExactly(3);
          assertThat(module.remaining()).isEqualTo(bytes.length);
        }
      }
    }
    assertThatThrownBy(() -> WasmInstance.open((byte[]) null, DEFAULTS)).hasMessage("module");
    assertThatThrownBy(() -> WasmInstance.open((ByteBuffer) null, DEFAULTS)).hasMessage("module");
    assertThatThrownBy(() -> WasmInstance.open(bytes, null)).hasMessage("options");
  }

  @Test
  void optionsCannotBeChanged() {
    InstanceOptions one = DEFAULTS.withMemory("env", "memory", "1.. pages");
    InstanceOptions two = one.withTable("env", "table", "funcref 0..");
    assertThat(imports(DEFAULTS)).isZero();
    assertThat(imports(one)).isEqualTo(1);
    assertThat(imports(two)).isEqualTo(2);
    assertThatThrownBy(() -> DEFAULTS.withWasi(null)).hasMessage("wasi");
    assertThatThrownBy(() -> DEFAULTS.withCancelToken(null)).hasMessage("cancelToken");
  }

  private static InstanceOptions host() {
    return DEFAULTS.withHost(
        "host", "call", FunctionType.parse("(i64) -> (i64)"), (instance, args) -> args);
  }

  private static long defined(String header, String name) {
    Matcher number = Pattern.compile("#define SWR_DEFAULT_" + name + " (\\d+)").matcher(header);
    assertThat(number.find()).as(name).isTrue();
    return Long.parseLong(number.group(1));
  }

  private static int imports(InstanceOptions options) {
    return new RecordReader("the imports", options.hostFunctions().importList()).u32();
  }
}
