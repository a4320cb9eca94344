package dev.stowage.wasm;

import dev.stowage.wasm.internal.RecordWriter;
import dev.stowage.wasm.internal.Utf8;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The environment of a WASI program (preview 1): arguments, environment, standard streams, clocks,
 * random numbers, its exit code. It has no files and no sockets, and no access to this process.
 * Immutable; each {@code with} method returns a changed copy.
 *
 * <pre>{@code
 * WasiOptions wasi =
 *     WasiOptions.defaults().withArgs("greet",
 * "Ada").withStdout(System.out).withStderr(System.err);
 * try (WasmInstance program = WasmInstance.open(greet, InstanceOptions.defaults().withWasi(wasi)))
 * {
 *   int exitCode = program.run(); // Hello, Ada
 *   System.out.println(exitCode); // 0
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class WasiOptions {
  private static final WasiOptions DEFAULTS =
      new WasiOptions(
          Collections.<String>emptyList(),
          Collections.<String, String>emptyMap(),
          new byte[0],
          null,
          null);

  private final List<String> args;
  private final Map<String, String> env;
  private final byte[] stdin;
  private final OutputStream stdout;
  private final OutputStream stderr;

  private WasiOptions(
      List<String> args,
      Map<String, String> env,
      byte[] stdin,
      OutputStream stdout,
      OutputStream stderr) {
    this.args = args;
    this.env = env;
    this.stdin = stdin;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /** Returns options without arguments, environment, input and output. */
  public static WasiOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Sets the arguments. By convention the first one is the name of the program.
   *
   * @throws WasmException {@code INVALID_ARGUMENT} if one holds a lone surrogate; {@link
   *     WasmInstance#open} throws it for one that holds a NUL
   * @throws NullPointerException if one is null
   */
  public WasiOptions withArgs(String... args) {
    List<String> copy = Collections.unmodifiableList(new ArrayList<String>(Arrays.asList(args)));
    for (String arg : copy) {
      byte[] unused = Utf8.of("argument", arg);
    }
    return new WasiOptions(copy, env, stdin, stdout, stderr);
  }

  /**
   * Adds a variable of the environment, or replaces it.
   *
   * @throws WasmException {@code INVALID_ARGUMENT} if one holds a lone surrogate; {@link
   *     WasmInstance#open} throws it for one that holds a NUL
   * @throws NullPointerException if one is null
   */
  public WasiOptions withEnv(String name, String value) {
    byte[] unused = Utf8.of("name", name);
    unused = Utf8.of("value", value);
    Map<String, String> copy = new LinkedHashMap<String, String>(env);
    copy.put(name, value);
    return new WasiOptions(args, Collections.unmodifiableMap(copy), stdin, stdout, stderr);
  }

  /**
   * Sets the content of the program's standard input.
   *
   * @param stdin copied
   */
  public WasiOptions withStdin(byte[] stdin) {
    return new WasiOptions(args, env, stdin.clone(), stdout, stderr);
  }

  /**
   * Sets the stream for the program's standard output, which is dropped by default. The stream is
   * written to on the thread of the call, piece by piece as the program writes, and is neither
   * flushed nor closed. An exception that it throws stops the program and is thrown by the call, as
   * the same object; an {@code IOException} is wrapped in an {@link java.io.UncheckedIOException}.
   */
  public WasiOptions withStdout(OutputStream stdout) {
    return new WasiOptions(args, env, stdin, Objects.requireNonNull(stdout, "stdout"), stderr);
  }

  /** Sets the stream for the program's error output, like {@link #withStdout}. */
  public WasiOptions withStderr(OutputStream stderr) {
    return new WasiOptions(args, env, stdin, stdout, Objects.requireNonNull(stderr, "stderr"));
  }

  /** Returns the stream for standard output; null if its output is dropped. */
  OutputStream stdout() {
    return stdout;
  }

  /** Returns the stream for error output; null if its output is dropped. */
  OutputStream stderr() {
    return stderr;
  }

  /** Returns the {@code wasi} record of {@code swr_instance_open}. */
  byte[] record() {
    RecordWriter out = new RecordWriter().u32(args.size());
    for (String arg : args) {
      out.str("argument", arg);
    }
    out.u32(env.size());
    for (Map.Entry<String, String> variable : env.entrySet()) {
      out.str("name", variable.getKey()).str("value", variable.getValue());
    }
    return out.bytes(stdin).toBytes();
  }
}
