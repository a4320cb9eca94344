package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.BUSY;
import static dev.stowage.wasm.WasmException.Code.CANCELED;
import static dev.stowage.wasm.WasmException.Code.CLOSED;
import static dev.stowage.wasm.WasmException.Code.EXIT;
import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static dev.stowage.wasm.WasmException.Code.MISSING_IMPORT;
import static dev.stowage.wasm.WasmException.Code.OUT_OF_FUEL;
import static dev.stowage.wasm.WasmException.Code.UNKNOWN_EXPORT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stowage.wasm.fixture.Assembler;
import dev.stowage.wasm.fixture.Eventually;
import dev.stowage.wasm.fixture.GoProgram;
import dev.stowage.wasm.fixture.NoLeaks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoLeaks.class)
class WasiTest {
  private static final int BLOCK = 1 << 16;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final WasiOptions wasi = WasiOptions.defaults().withStdout(out).withStderr(err);

  @Test
  void programsOfGoRun(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("program.wasm");
    GoProgram.build(file);
    byte[] program = Files.readAllBytes(file);
    for (int code : new int[] {0, 1, 42, 255}) {
      out.reset();
      err.reset();
      WasiOptions options =
          wasi.withArgs("program", Integer.toString(code))
              .withEnv("GREETING", "h\u00e9llo \uD83D\uDEA2")
              .withStdin("input".getBytes(UTF_8));
      assertThat(run(program, options)).isEqualTo(code);
      assertThat(out.toString(UTF_8))
          .isEqualTo("args [program " + code + "]\nGREETING h\u00e9llo \uD83D\uDEA2\ninput");
      assertThat(err.toString(UTF_8)).isEqualTo("to the error stream\n");
    }
  }

  @Test
  void inputComesOutOnEachStream() {
    for (int length : new int[] {0, 1, 255, 65535, 65536, 65537, 64 << 20}) {
      byte[] input = new byte[length];
      new Random(length).nextBytes(input);
      out.reset();
      err.reset();
      WasiOptions options = wasi.withStdin(input);
      assertThat(run(Programs.cat(1, 0), options)).isZero();
      assertThat(Arrays.equals(out.toByteArray(), input)).as("stdout, %s bytes", length).isTrue();
      assertThat(err.size()).isZero();
      out.reset();
      assertThat(run(Programs.cat(2, 9), options)).isEqualTo(9);
      assertThat(Arrays.equals(err.toByteArray(), input)).as("stderr, %s bytes", length).isTrue();
      assertThat(out.size()).isZero();
    }
  }

  @Test
  void inputIsCopied() {
    byte[] input = {1, 2, 3};
    WasiOptions options = wasi.withStdin(input);
    input[0] = 9;
    run(Programs.cat(1, 0), options);
    assertThat(out.toByteArray()).containsExactly(1, 2, 3);
  }

  @Test
  void everyCodePointButNulPassesThroughArgumentsAndEnvironment() {
    for (int from = 0; from <= Character.MAX_CODE_POINT; from += BLOCK) {
      StringBuilder text = new StringBuilder();
      for (int code = Math.max(from, 1); code < from + BLOCK; code++) {
        if (code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE) {
          text.appendCodePoint(code);
        }
      }
      out.reset();
      run(Programs.copies("args"), wasi.withArgs("", text.toString(), ""));
      assertThat(out.toString(UTF_8)).isEqualTo("\0" + text + "\0\0");
      out.reset();
      run(Programs.copies("environ"), wasi.withEnv("x", text.toString()).withEnv("e", ""));
      assertThat(out.toString(UTF_8)).isEqualTo("x=" + text + "\0e=\0");
    }
  }

  @Test
  void largeArgumentsPass() {
    for (int length : new int[] {65537, 10 << 20}) {
      out.reset();
      String large = "x".repeat(length);
      run(Programs.copies("args"), wasi.withArgs(large));
      assertThat(out.toString(UTF_8).equals(large + "\0")).isTrue();
    }
  }

  @Test
  void nulInArgumentsAndEnvironmentIsRefused() {
    for (WasiOptions wrong :
        new WasiOptions[] {
          wasi.withArgs("a\0b"), wasi.withEnv("a\0", "b"), wasi.withEnv("a", "\0")
        }) {
      Fails.with(INVALID_ARGUMENT, () -> run(Programs.greet(), wrong)).containsIgnoringCase("nul");
    }
    assertThatThrownBy(() -> wasi.withArgs("a", null)).hasMessage("argument");
    assertThatThrownBy(() -> wasi.withEnv(null, "v")).hasMessage("name");
    assertThatThrownBy(() -> wasi.withEnv("n", null)).hasMessage("value");
    assertThatThrownBy(() -> wasi.withStdout(null)).hasMessage("stdout");
    assertThatThrownBy(() -> wasi.withStderr(null)).hasMessage("stderr");
  }

  @Test
  void variablesAreReplaced() {
    run(Programs.copies("environ"), wasi.withEnv("a", "1").withEnv("b", "2").withEnv("a", "3"));
    assertThat(out.toString(UTF_8)).isEqualTo("a=3\0b=2\0");
  }

  @Test
  void outputWithoutStreamIsDropped() {
    WasiOptions silent = WasiOptions.defaults().withArgs("greet", "x").withStdin(new byte[100_000]);
    assertThat(run(Programs.greet(), silent)).isZero();
    assertThat(run(Programs.cat(2, 1), silent)).isEqualTo(1);
  }

  @Test
  void whatAStreamThrowsComesOut() {
    RuntimeException mine = new IllegalStateException("mine");
    IOException full = new IOException("full");
    for (Exception thrown : new Exception[] {mine, full}) {
      OutputStream failing =
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              if (thrown == full) {
                throw full;
              }
              throw mine;
            }
          };
      WasiOptions options = wasi.withArgs("greet", "x").withStdout(failing);
      Throwable found = catchThrowable(() -> run(Programs.greet(), options));
      if (thrown == mine) {
        assertThat(found).isSameAs(mine);
      } else {
        assertThat(found).isInstanceOf(UncheckedIOException.class);
        assertThat(found.getCause()).isSameAs(full);
      }
    }
  }

  @Test
  void streamThatCallsItsInstanceIsRefused() {
    WasmInstance[] self = new WasmInstance[1];
    Throwable[] refused = new Throwable[1];
    OutputStream calling =
        new OutputStream() {
          @Override
          public void write(int b) {
            refused[0] = catchThrowable(self[0]::run);
          }
        };
    WasiOptions options = wasi.withArgs("greet", "x").withStdout(calling);
    try (WasmInstance program = open(Programs.greet(), options)) {
      self[0] = program;
      assertThat(program.run()).isZero();
    }
    assertThat(((WasmException) refused[0]).code()).isEqualTo(BUSY);
  }

  @Test
  void exitOutsideOfRunIsTyped() {
    try (WasmInstance program = open(Programs.exits(), wasi)) {
      Fails.with(EXIT, () -> program.function("exit").call(5)).contains("5");
      assertThat(program.run()).isEqualTo(3);
    }
  }

  @Test
  void whatIsNoProgramIsRefused() {
    Fails.with(
            MISSING_IMPORT, () -> WasmInstance.open(Programs.greet(), InstanceOptions.defaults()))
        .contains("wasi_snapshot_preview1");
    try (WasmInstance library = open(new Assembler().build(), wasi)) {
      Fails.with(UNKNOWN_EXPORT, library::run).contains("_start");
      library.close();
      Fails.with(CLOSED, library::run).isNotBlank();
    }
  }

  @Test
  void programsRunOnOtherThreadsAndAreCanceled() {
    try (WasmInstance program = open(Programs.exits(), wasi)) {
      assertThat(program.runAsync().join()).isEqualTo(3);
    }
    Assembler endless = new Assembler();
    endless.function("_start", "() -> ()", 0x03, 0x40, 0x0c, 0, 0x0b);
    InstanceOptions options = InstanceOptions.defaults().withWasi(wasi);
    try (WasmInstance program = WasmInstance.open(endless.build(), options.withFuel(100_000))) {
      Fails.with(OUT_OF_FUEL, program::run).isNotBlank();
    }
    try (WasmInstance program =
        WasmInstance.open(endless.build(), options.withFuel(Long.MAX_VALUE))) {
      CompletableFuture<Integer> future = program.runAsync();
      Eventually.until(() -> Wasm.liveHandles() == 2);
      future.cancel(true);
      assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
    }
    try (CancelToken token = CancelToken.open();
        WasmInstance program = WasmInstance.open(endless.build(), options.withCancelToken(token))) {
      token.cancel();
      Fails.with(CANCELED, program::run).isNotBlank();
    }
    Eventually.until(() -> Wasm.liveHandles() == 0);
  }

  private static int run(byte[] module, WasiOptions options) {
    try (WasmInstance program = open(module, options)) {
      return program.run();
    }
  }

  private static WasmInstance open(byte[] module, WasiOptions options) {
    return WasmInstance.open(module, InstanceOptions.defaults().withWasi(options));
  }
}
