package dev.stowage.wasm.internal;

import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static dev.stowage.wasm.WasmException.Code.PANIC;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.wasm.Fails;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmRegistry;
import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A panic is an exception with message and place, and the next call works. */
@ExtendWith(NoLeaks.class)
class PanicTest {
  private static final byte[] TEXT = "overboard \u2693".getBytes(UTF_8);
  private static final byte[] NOT_UTF8 = {(byte) 0xff};

  @Test
  void aPanicInRustIsAnException() {
    RustNative.require(Wasm.class);
    for (int i = 0; i < 3; i++) {
      Fails.with(PANIC, () -> RustNative.probePanic(TEXT))
          .matches("overboard \u2693 \\(.*\\.rs:\\d+\\)");
      assertThat(Wasm.describe(Modules.calculator()).imports()).hasSize(1);
    }
    Fails.with(INVALID_ARGUMENT, () -> RustNative.probePanic(NOT_UTF8)).isNotBlank();
  }

  @Test
  void aPanicInAGoExportOrGoroutineIsAnException() {
    GoNative.require(WasmRegistry.class);
    for (int where = 0; where <= 1; where++) {
      int place = where;
      for (int i = 0; i < 3; i++) {
        Fails.with(PANIC, () -> GoNative.probePanic(place, TEXT))
            .matches("overboard \u2693 \\(.*\\.go:\\d+\\)");
        assertThat(WasmRegistry.liveHandles()).isZero();
      }
    }
    Fails.with(INVALID_ARGUMENT, () -> GoNative.probePanic(2, TEXT)).isNotBlank();
  }
}
