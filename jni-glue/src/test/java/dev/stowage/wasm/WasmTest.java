package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.INVALID_MODULE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.wasm.ModuleDescription.Kind;
import dev.stowage.wasm.fixture.Assembler;
import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import dev.stowage.wasm.internal.RustNative;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class WasmTest {
  private static final int HUNDRED_MB = 100 << 20;

  @Test
  void acceptsValidModule() {
    Wasm.validate(Modules.calculator());
  }

  @Test
  void namesWhatIsWrong() {
    Fails.with(INVALID_MODULE, () -> Wasm.validate(new byte[0]))
        .isEqualTo("not a WebAssembly module: no bytes at all");
    Fails.with(INVALID_MODULE, () -> Wasm.validate("not a module".getBytes(UTF_8)))
        .isEqualTo("not a WebAssembly module: does not begin with \\0asm (found 6e 6f 74 20)");
  }

  @Test
  void refusesEveryTruncation() {
    byte[] module = Modules.calculator();
    int afterHeader = 0;
    for (int length = 0; length < module.length; length++) {
      byte[] part = Arrays.copyOf(module, length);
      try {
        Wasm.validate(part);
        afterHeader++;
      } catch (WasmException e) {
        assertThat(e.code()).isEqualTo(INVALID_MODULE);
      }
    }
    // A module that is cut after a section is a module: after the header, and after types and
    // imports.
    assertThat(afterHeader).isEqualTo(3);
  }

  @Test
  void refusesRandomBytes() {
    Random random = new Random(1);
    byte[] header = Arrays.copyOf(Modules.calculator(), 8);
    for (int i = 0; i < 500; i++) {
      byte[] noise = new byte[9 + random.nextInt(5000)];
      random.nextBytes(noise);
      System.arraycopy(header, 0, noise, 0, i % 2 == 0 ? 0 : header.length);
      noise[8] = (byte) 0xff;
      Fails.with(INVALID_MODULE, () -> Wasm.validate(noise));
      Fails.with(INVALID_MODULE, () -> Wasm.describe(noise));
    }
  }

  @Test
  void takesHundredMegabytes() throws Exception {
    ByteBuffer direct = Modules.padded(HUNDRED_MB);
    Wasm.validate(direct);
    byte[] heap = new byte[HUNDRED_MB];
    direct.duplicate().get(heap);
    Wasm.validate(heap);
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(heap);
    assertThat(Wasm.sha256(heap)).isEqualTo(expected);
    assertThat(Wasm.sha256(direct)).isEqualTo(expected);
    heap[8] = 0x7f;
    Fails.with(INVALID_MODULE, () -> Wasm.validate(heap));
  }

  @Test
  void describesImportsAndExports() {
    ModuleDescription description = Wasm.describe(Modules.calculator());
    assertThat(description.imports()).hasSize(1);
    ModuleDescription.Import host = description.imports().get(0);
    assertThat(host.module()).isEqualTo("host");
    assertThat(host.name()).isEqualTo("call");
    assertThat(host.kind()).isEqualTo(Kind.FUNC);
    assertThat(host.type()).isEqualTo("(i64) -> (i64)");
    assertThat(description.exports())
        .extracting(e -> e.name() + " " + e.kind() + " " + e.type())
        .containsExactly(
            "add FUNC (i64, i64) -> (i64)",
            "divide FUNC (i64, i64) -> (i64)",
            "loop FUNC () -> ()",
            "callHost FUNC (i64) -> (i64)",
            "narrow FUNC (i32) -> (i32)",
            "memory MEMORY 1..16 pages");
  }

  @Test
  void describesWhatTheModuleHoldsAndWasMadeWith() {
    byte[] producers =
        Assembler.join(
            Assembler.bytes(1),
            Assembler.name("language"),
            Assembler.bytes(1),
            Assembler.name("Rust"),
            Assembler.name("1.95.0"));
    Assembler module =
        new Assembler()
            .importGlobal("env", "base", "i64")
            .memory("memory", 1, 16)
            .table("table", 2, 10)
            .global("counter", "mut i32", 0x41, 0)
            .custom("producers", producers)
            .custom("\u6ce8", new byte[5]);
    module.function("narrow", "(i32) -> (i32)", 0x20, 0, 0xc0);
    byte[] bytes = module.build();
    ModuleDescription description = Wasm.describe(bytes);
    assertThat(description.memories()).containsExactly("1..16 pages");
    assertThat(description.tables()).containsExactly("funcref 2..10");
    assertThat(description.globals()).containsExactly("i64", "mut i32");
    assertThat(description.producers())
        .extracting(p -> p.field() + " " + p.name() + " " + p.version())
        .containsExactly("language Rust 1.95.0");
    assertThat(description.customSections())
        .extracting(s -> s.name() + " " + s.offset() + " " + s.size())
        .containsExactly(
            "producers " + (bytes.length - 5 - 6 - producers.length) + " " + producers.length,
            "\u6ce8 " + (bytes.length - 5) + " 5");
    assertThat(description.features()).containsExactly("mutable-globals", "sign-ext");
    assertThat(Wasm.describe(new Assembler().build()).features()).isEmpty();
  }

  @Test
  void listsCannotBeChanged() {
    ModuleDescription description = Wasm.describe(Modules.calculator());
    assertThatThrownBy(() -> description.exports().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void readsBuffersFromPositionToLimit() {
    byte[] module = Modules.calculator();
    for (ByteBuffer whole :
        new ByteBuffer[] {
          ByteBuffer.allocateDirect(module.length + 20), ByteBuffer.allocate(module.length + 20)
        }) {
      whole.position(7);
      ByteBuffer slice = whole.slice();
      slice.position(3);
      slice.put(module);
      slice.flip();
      slice.position(3);
      for (ByteBuffer buffer : new ByteBuffer[] {slice, slice.asReadOnlyBuffer()}) {
        Wasm.validate(buffer);
        assertThat(Wasm.describe(buffer).exports()).hasSize(6);
        assertThat(Wasm.sha256(buffer)).isEqualTo(Wasm.sha256(module));
        assertThat(buffer.position()).isEqualTo(3);
        assertThat(buffer.limit()).isEqualTo(3 + module.length);
      }
      slice.limit(slice.limit() - 1);
      Fails.with(INVALID_MODULE, () -> Wasm.validate(slice));
    }
  }

  @Test
  void emptyBuffersAreEmptyData() throws Exception {
    byte[] expected = MessageDigest.getInstance("SHA-256").digest();
    assertThat(Wasm.sha256(new byte[0])).isEqualTo(expected);
    assertThat(Wasm.sha256(ByteBuffer.allocate(0))).isEqualTo(expected);
    assertThat(Wasm.sha256(ByteBuffer.allocateDirect(0))).isEqualTo(expected);
    Fails.with(INVALID_MODULE, () -> Wasm.validate(ByteBuffer.allocateDirect(0)));
  }

  @Test
  void digestsLengthsAroundTheStackLimit() throws Exception {
    for (int length : new int[] {1, 4095, 4096, 4097, 70_000}) {
      byte[] data = new byte[length];
      new Random(length).nextBytes(data);
      assertThat(Wasm.sha256(data)).isEqualTo(MessageDigest.getInstance("SHA-256").digest(data));
      byte[] expected = MessageDigest.getInstance("SHA-512").digest(data);
      assertThat(Wasm.sha512(data)).isEqualTo(expected);
      ByteBuffer direct = ByteBuffer.allocateDirect(length).put(data).flip();
      assertThat(Wasm.sha512(direct)).isEqualTo(expected);
    }
  }

  @Test
  void nativeSideChecksRangesItself() {
    byte[] array = new byte[4];
    ByteBuffer direct = ByteBuffer.allocateDirect(4);
    assertThatThrownBy(() -> RustNative.sha256(array, null, 2, 3))
        .isInstanceOf(ArrayIndexOutOfBoundsException.class);
    for (int[] range : new int[][] {{2, 3}, {-1, 2}, {0, -1}, {Integer.MAX_VALUE, 1}}) {
      assertThatThrownBy(() -> RustNative.sha256(null, direct, range[0], range[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not a range of a direct buffer");
    }
    assertThatThrownBy(() -> RustNative.sha256(null, ByteBuffer.allocate(4), 0, 4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nullIsNamed() {
    assertThatThrownBy(() -> Wasm.validate((byte[]) null)).hasMessage("module");
    assertThatThrownBy(() -> Wasm.sha256((ByteBuffer) null)).hasMessage("data");
  }

  @Test
  void knowsItsVersion() {
    assertThat(Wasm.version()).isEqualTo(System.getProperty("stowage.test.version"));
  }
}
