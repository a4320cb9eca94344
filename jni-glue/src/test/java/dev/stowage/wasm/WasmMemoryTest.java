package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.BUSY;
import static dev.stowage.wasm.WasmException.Code.CLOSED;
import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static dev.stowage.wasm.WasmException.Code.OUT_OF_BOUNDS;
import static dev.stowage.wasm.WasmException.Code.TOO_LARGE;
import static dev.stowage.wasm.WasmException.Code.UNKNOWN_EXPORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stowage.wasm.fixture.Assembler;
import dev.stowage.wasm.fixture.NoLeaks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class WasmMemoryTest {
  private static final int PAGE = WasmMemory.PAGE_BYTES;
  private static final int LARGE = 64 << 20;

  private final WasmInstance instance =
      WasmInstance.open(
          new Assembler().memory("memory", 2, 2000).memory("\u6d77 \uD83D\uDEA2\0", 0, 1).build(),
          InstanceOptions.defaults());
  private final WasmMemory memory = instance.memory("memory");

  @AfterEach
  void close() {
    instance.close();
  }

  @Test
  void lengthsAroundEveryLimit() {
    assertThat(memory.grow(LARGE / PAGE)).isEqualTo(2);
    for (int length : new int[] {0, 1, 4095, 4096, 4097, PAGE, PAGE + 1, LARGE}) {
      byte[] bytes = new byte[length];
      new Random(length).nextBytes(bytes);
      memory.write(5, bytes);
      assertThat(Arrays.equals(memory.read(5, length), bytes)).as("%s bytes", length).isTrue();
    }
    int size = (int) memory.size();
    assertThat(size).isEqualTo(LARGE + 2 * PAGE);
    assertThat(memory.read(0, size)).hasSize(size);
    assertThat(memory.read(size, 0)).isEmpty();
  }

  @Test
  void outsideIsRefusedAndNothingIsWritten() {
    byte[] before = memory.read(0, 2 * PAGE);
    for (long[] range :
        new long[][] {
          {2 * PAGE, 1},
          {2 * PAGE - 1, 2},
          {2 * PAGE + 1, 0},
          {Long.MAX_VALUE, 1},
          {1L << 32, 1},
          {0, 2 * PAGE + 1}
        }) {
      int length = (int) range[1];
      byte[] ones = new byte[length];
      Arrays.fill(ones, (byte) 1);
      Fails.with(OUT_OF_BOUNDS, () -> memory.read(range[0], length))
          .contains("131072")
          .contains(Long.toString(range[0]));
      Fails.with(OUT_OF_BOUNDS, () -> memory.write(range[0], ones)).contains("131072");
      ByteBuffer target = ByteBuffer.allocate(length);
      Fails.with(OUT_OF_BOUNDS, () -> memory.read(range[0], target)).contains("131072");
      ByteBuffer direct = ByteBuffer.allocateDirect(length);
      Fails.with(OUT_OF_BOUNDS, () -> memory.read(range[0], direct)).contains("131072");
    }
    assertThat(memory.read(0, 2 * PAGE)).isEqualTo(before);
    Fails.with(OUT_OF_BOUNDS, () -> memory.read(0, Integer.MAX_VALUE))
        .isEqualTo(
            "memory 'memory' has 131072 bytes, so 2147483647 bytes at offset 0 are out of bounds");
  }

  @Test
  void negativeNumbersAreRefused() {
    Fails.with(INVALID_ARGUMENT, () -> memory.read(-1, 1)).isEqualTo("offset: -1 is negative");
    Fails.with(INVALID_ARGUMENT, () -> memory.read(0, -1)).isEqualTo("length: -1 is negative");
    Fails.with(INVALID_ARGUMENT, () -> memory.write(-2, new byte[1])).contains("-2");
    Fails.with(INVALID_ARGUMENT, () -> memory.read(-2, ByteBuffer.allocate(1))).contains("-2");
    Fails.with(INVALID_ARGUMENT, () -> memory.grow(-1)).isEqualTo("pages: -1 is negative");
  }

  @Test
  void buffersFromPositionToLimit() {
    byte[] bytes = new byte[300];
    new Random(1).nextBytes(bytes);
    for (ByteBuffer whole :
        new ByteBuffer[] {ByteBuffer.allocateDirect(400), ByteBuffer.allocate(400)}) {
      whole.position(40);
      ByteBuffer slice = whole.slice();
      slice.position(10);
      slice.put(bytes);
      slice.flip();
      slice.position(10);
      for (ByteBuffer source : new ByteBuffer[] {slice, slice.asReadOnlyBuffer()}) {
        memory.write(0, new byte[400]);
        memory.write(7, source);
        assertThat(source.position()).isEqualTo(10);
        assertThat(source.limit()).isEqualTo(310);
        assertThat(memory.read(7, 300)).isEqualTo(bytes);
        assertThat(memory.read(307, 1)).containsExactly(0);
      }
      slice.duplicate().put(new byte[300]);
      memory.read(7, slice);
      assertThat(slice.position()).isEqualTo(10);
      byte[] back = new byte[300];
      slice.get(back);
      assertThat(back).isEqualTo(bytes);
      assertThat(whole.get(49)).as("before the position").isZero();
      assertThat(whole.get(350)).as("behind the limit").isZero();
      assertThatThrownBy(() -> memory.read(0, slice.asReadOnlyBuffer()))
          .isInstanceOf(ReadOnlyBufferException.class);
    }
  }

  @Test
  void growsToItsLimits() {
    assertThat(memory.size()).isEqualTo(2 * PAGE);
    assertThat(memory.grow(0)).isEqualTo(2);
    assertThat(memory.grow(3)).isEqualTo(2);
    assertThat(memory.size()).isEqualTo(5 * PAGE);
    Fails.with(TOO_LARGE, () -> memory.grow(1996)).contains("2000");
    Fails.with(TOO_LARGE, () -> memory.grow(Long.MAX_VALUE)).isNotBlank();
    assertThat(memory.size()).isEqualTo(5 * PAGE);
    InstanceOptions small = InstanceOptions.defaults().withMemoryPages(3);
    try (WasmInstance limited =
        WasmInstance.open(new Assembler().memory("m", 2, 2000).build(), small)) {
      assertThat(limited.memory("m").grow(1)).isEqualTo(2);
      Fails.with(TOO_LARGE, () -> limited.memory("m").grow(1)).contains("3");
    }
  }

  @Test
  void namesAreAnyUnicode() {
    WasmMemory empty = instance.memory("\u6d77 \uD83D\uDEA2\0");
    assertThat(empty.size()).isZero();
    assertThat(empty.<Integer>view(ByteBuffer::capacity)).isZero();
    assertThat(empty.read(0, 0)).isEmpty();
    Fails.with(UNKNOWN_EXPORT, () -> instance.memory("memroy"))
        .contains("memroy")
        .contains("'memory'");
    Fails.with(UNKNOWN_EXPORT, () -> instance.memory("\u6d77 \uD83D\uDEA2")).isNotBlank();
    Fails.with(INVALID_ARGUMENT, () -> instance.memory("\uD83D"))
        .startsWith("memory name: lone surrogate U+D83D at index 0;");
    assertThatThrownBy(() -> instance.memory(null)).hasMessage("memory name");
  }

  @Test
  void importedMemoryIsFoundByBothNames() {
    InstanceOptions options = InstanceOptions.defaults().withMemory("env", "memory", "1..2 pages");
    byte[] module = new Assembler().importMemory("env", "memory", 1).build();
    try (WasmInstance first = WasmInstance.open(module, options);
        WasmInstance second = WasmInstance.open(module, options)) {
      first.memory("env.memory").write(0, new byte[] {5});
      assertThat(first.memory("env.memory").read(0, 1)).containsExactly(5);
      assertThat(second.memory("env.memory").read(0, 1)).as("made anew").containsExactly(0);
    }
  }

  @Test
  void viewIsTheMemoryItself() {
    String said =
        memory.view(
            bytes -> {
              assertThat(bytes.isDirect()).isTrue();
              assertThat(bytes.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
              assertThat(bytes.capacity()).isEqualTo(2 * PAGE);
              bytes.putInt(8, 0x01020304);
              return "result";
            });
    assertThat(said).isEqualTo("result");
    assertThat(memory.read(8, 4)).containsExactly(4, 3, 2, 1);
    assertThat(memory.<Object>view(bytes -> null)).isNull();
    assertThatThrownBy(() -> memory.view(null)).hasMessage("body");
  }

  @Test
  void viewOfMoreThanABufferHoldsIsRefused() {
    int pages = 32768;
    byte[] module = new Assembler().memory("m", pages, pages).build();
    InstanceOptions options = InstanceOptions.defaults().withMemoryPages(pages);
    try (WasmInstance large = WasmInstance.open(module, options)) {
      WasmMemory whole = large.memory("m");
      assertThat(whole.size()).isEqualTo(1L << 31);
      Fails.with(TOO_LARGE, () -> whole.view(bytes -> null)).contains("2147483647");
      whole.write((1L << 31) - 1, new byte[] {7});
      assertThat(whole.read((1L << 31) - 1, 1)).containsExactly(7);
      Fails.with(OUT_OF_BOUNDS, () -> whole.read(1L << 31, 1)).isNotBlank();
    }
  }

  @Test
  void whatAViewThrowsComesOutUnchanged() {
    for (Throwable thrown :
        new Throwable[] {new IllegalStateException("mine"), new StackOverflowError()}) {
      assertThat(
              catchThrowable(
                  () ->
                      memory.view(
                          bytes -> {
                            bytes.put(0, (byte) 9);
                            throw WasmMemoryTest.<RuntimeException>unchanged(thrown);
                          })))
          .isSameAs(thrown);
      assertThat(memory.read(0, 1)).as("what it wrote stays").containsExactly(9);
    }
  }

  @Test
  void instanceIsHeldDuringAView() {
    memory.view(
        bytes -> {
          Fails.with(BUSY, () -> memory.grow(1)).isNotBlank();
          Fails.with(BUSY, memory::size).isNotBlank();
          Fails.with(BUSY, () -> memory.read(0, 1)).isNotBlank();
          Fails.with(BUSY, () -> memory.write(0, new byte[1])).isNotBlank();
          Fails.with(BUSY, () -> memory.view(inner -> null)).isNotBlank();
          assertThat(bytes.capacity()).isEqualTo(2 * PAGE);
          return null;
        });
    assertThat(memory.grow(1)).isEqualTo(2);
  }

  @Test
  void closeDuringAViewTakesEffectAfterwards() {
    int last =
        memory.view(
            bytes -> {
              instance.close();
              bytes.put(2 * PAGE - 1, (byte) 3);
              return (int) bytes.get(2 * PAGE - 1);
            });
    assertThat(last).isEqualTo(3);
    Fails.with(CLOSED, memory::size).isNotBlank();
    Fails.with(CLOSED, () -> memory.view(bytes -> null)).isNotBlank();
  }

  @Test
  void otherThreadsWaitForAView() throws Exception {
    CountDownLatch shown = new CountDownLatch(1);
    Thread writer =
        new Thread(
            () -> {
              try {
                shown.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              memory.write(0, new byte[] {1});
            });
    writer.start();
    int seen =
        memory.view(
            bytes -> {
              shown.countDown();
              try {
                Thread.sleep(100);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return (int) bytes.get(0);
            });
    writer.join();
    assertThat(seen).isZero();
    assertThat(memory.read(0, 1)).containsExactly(1);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchanged(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
