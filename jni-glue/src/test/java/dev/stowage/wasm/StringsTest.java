package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.wasm.fixture.Assembler;
import dev.stowage.wasm.fixture.NoLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Passes strings in every possible way: they are standard UTF-8 with a length, never modified
 * UTF-8.
 */
@ExtendWith(NoLeaks.class)
class StringsTest {
  private static final int BLOCK = 4096;

  /** All code points but surrogates, in blocks; NUL is in the first, astral ones in the last. */
  private static List<String> everyCodePoint() {
    List<String> blocks = new ArrayList<>();
    for (int from = 0; from <= Character.MAX_CODE_POINT; from += BLOCK) {
      StringBuilder block = new StringBuilder();
      for (int code = from; code < from + BLOCK; code++) {
        if (code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE) {
          block.appendCodePoint(code);
        }
      }
      blocks.add(block.toString());
    }
    return blocks;
  }

  private static List<String> special() {
    return List.of(
        "", "\0", "a\0b", "\uD83D\uDEA2", "\uFEFF", "\uFFFF", "\uD7FF\uE000", "x".repeat(65537));
  }

  @Test
  void exportNamesMayBeAnyText() {
    List<String> names = new ArrayList<>(everyCodePoint());
    names.addAll(special());
    Assembler module = new Assembler();
    int function = module.function(null, "() -> (i32)", 0x41, 7);
    for (String name : names) {
      module.export(name, ModuleDescription.Kind.FUNC, function);
    }
    byte[] bytes = module.build();
    assertThat(Wasm.describe(bytes).exports())
        .extracting(ModuleDescription.Export::name)
        .containsAll(names);
    try (WasmInstance instance = WasmInstance.open(bytes, InstanceOptions.defaults())) {
      for (String name : names) {
        assertThat(instance.function(name).call()).containsExactly(7);
      }
      assertThat(instance.function("").name()).isEmpty();
      // Modified UTF-8 would encode "\0" as two bytes, and C strings would end there.
      Fails.with(WasmException.Code.UNKNOWN_EXPORT, () -> instance.function("\u00c0\u0080"));
      Fails.with(WasmException.Code.UNKNOWN_EXPORT, () -> instance.function("a"));
    }
  }

  @Test
  void importNamesMayBeAnyText() {
    List<String> names = new ArrayList<>(everyCodePoint());
    names.addAll(special());
    Assembler module = new Assembler();
    InstanceOptions options = InstanceOptions.defaults();
    List<String> called = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    for (String name : names) {
      body.append((char) module.importFunction(name, name + "!", "() -> ()"));
      options =
          options.withHost(
              name,
              name + "!",
              FunctionType.parse("() -> ()"),
              (instance, args) -> {
                called.add(name);
                return args;
              });
    }
    module.function("all", "() -> ()", calls(body));
    try (WasmInstance instance = WasmInstance.open(module.build(), options)) {
      instance.function("all").call();
    }
    assertThat(called).isEqualTo(names);
  }

  private static int[] calls(StringBuilder functions) {
    List<Integer> body = new ArrayList<>();
    for (int i = 0; i < functions.length(); i++) {
      body.add(0x10);
      for (byte b : Assembler.unsigned(functions.charAt(i))) {
        body.add((int) b);
      }
    }
    return body.stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  void memoryKeepsAnyText() {
    try (WasmInstance instance =
        WasmInstance.open(
            new Assembler().memory("m", 10, 10).build(), InstanceOptions.defaults())) {
      WasmMemory memory = instance.memory("m");
      List<String> texts = new ArrayList<>(everyCodePoint());
      texts.addAll(special());
      for (String text : texts) {
        byte[] utf8 = text.getBytes(UTF_8);
        memory.write(3, utf8);
        assertThat(new String(memory.read(3, utf8.length), UTF_8)).isEqualTo(text);
      }
    }
  }

  @Test
  void loneSurrogatesAreTypedErrorsEverywhere() {
    Random random = new Random(5);
    InstanceOptions options = InstanceOptions.defaults();
    WasiOptions wasi = WasiOptions.defaults();
    FunctionType type = FunctionType.parse("() -> ()");
    HostFunction host = (instance, args) -> args;
    try (WasmInstance instance = WasmInstance.open(new Assembler().build(), options)) {
      for (int i = 0; i < 500; i++) {
        int at = random.nextInt(100);
        String text = "x".repeat(at) + (char) (0xD800 + random.nextInt(0x800)) + "y";
        for (Runnable use :
            new Runnable[] {
              () -> instance.function(text),
              () -> instance.memory(text),
              () -> instance.global(text),
              () -> options.withHost(text, "f", type, host),
              () -> options.withHost("m", text, type, host),
              () -> options.withGlobal("m", text, "i32", 0),
              () -> options.withMemory("m", "n", text),
              () -> options.withTable(text, "n", "funcref 0.."),
              () -> wasi.withArgs("ok", text),
              () -> wasi.withEnv(text, "v"),
              () -> wasi.withEnv("n", text)
            }) {
          Fails.with(INVALID_ARGUMENT, use::run)
              .contains("lone surrogate")
              .contains("index " + at + ";");
        }
      }
    }
  }
}
