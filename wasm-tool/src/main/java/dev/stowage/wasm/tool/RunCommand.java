package dev.stowage.wasm.tool;

import dev.stowage.wasm.FunctionType;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.ValueType;
import dev.stowage.wasm.WasiOptions;
import dev.stowage.wasm.WasmException;
import dev.stowage.wasm.WasmException.Code;
import dev.stowage.wasm.WasmFunction;
import dev.stowage.wasm.WasmInstance;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Calls an exported function with the arguments of the command line, or runs a WASI program. */
final class RunCommand {
  private static final FunctionType HOST_CALL = FunctionType.parse("(i64) -> (i64)");

  private final ParsedArguments arguments;
  private final ToolOutput output;

  private RunCommand(ParsedArguments arguments, ToolOutput output) {
    this.arguments = arguments;
    this.output = output;
  }

  static int run(ParsedArguments arguments, ToolOutput output) throws IOException {
    if (arguments.count() == 1 && output.json()) {
      throw new UsageException(UsageMessages.jsonOfAProgram(arguments.command()));
    }
    return new RunCommand(arguments, output).withinTime();
  }

  private int withinTime() throws IOException {
    byte[] module = ModuleInput.read(arguments.path(0));
    InstanceOptions options = options();
    if (!arguments.has(ToolOptions.TIMEOUT)) {
      return run(module, options);
    }
    try (Deadline deadline = new Deadline(ConnectionOptions.timeout(arguments).toMillis())) {
      return run(module, options.withCancelToken(deadline.token));
    } catch (WasmException e) {
      if (e.code() == Code.CANCELED) {
        throw new ToolError("TIMEOUT", ToolMessages.timedOut(arguments.value(ToolOptions.TIMEOUT)));
      }
      throw e;
    }
  }

  private boolean program() {
    return arguments.count() == 1;
  }

  private int run(byte[] module, InstanceOptions options) {
    try (WasmInstance instance = WasmInstance.open(module, options)) {
      return program() ? start(instance) : call(instance);
    } finally {
      output.out.flush();
      output.err.flush();
    }
  }

  private int start(WasmInstance instance) {
    try {
      return instance.run();
    } catch (WasmException e) {
      if (e.code() == Code.UNKNOWN_EXPORT) {
        throw new ToolError(e.code().name(), ToolMessages.noProgram(e.getMessage()));
      }
      throw e;
    }
  }

  private int call(WasmInstance instance) {
    String name = arguments.operand(1);
    WasmFunction function = instance.function(name);
    List<ValueType> parameters = function.type().parameters();
    List<String> words = new ArrayList<>(arguments.operandsFrom(2));
    words.addAll(arguments.rest());
    if (words.size() != parameters.size()) {
      throw new UsageException(
          UsageMessages.wrongCount(
              arguments.command(), name, function.type().toString(), words.size()));
    }
    long[] slots = new long[words.size()];
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < slots.length; i++) {
      slots[i] = number(parameters.get(i), words.get(i));
      shown.add(parameters.get(i).format(slots[i]));
    }
    List<String> results = texts(function.type().results(), function.call(slots));
    output.say("Returned", ToolMessages.result(name, shown, results));
    output.document(
        "version",
        1,
        "export",
        name,
        "type",
        function.type().toString(),
        "arguments",
        shown,
        "results",
        results);
    return ToolMain.OK;
  }

  private long number(ValueType type, String text) {
    try {
      return type.parse(text);
    } catch (WasmException e) {
      throw new UsageException(UsageMessages.badArgument(arguments.command(), e.getMessage()));
    }
  }

  private static List<String> texts(List<ValueType> types, long[] slots) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < slots.length; i++) {
      texts.add(types.get(i).format(slots[i]));
    }
    return texts;
  }

  private InstanceOptions options() throws IOException {
    InstanceOptions options =
        InstanceOptions.defaults()
            .withWasi(wasi())
            .withHost(
                "host",
                "call",
                HOST_CALL,
                (instance, args) -> {
                  output.say("Host", ValueType.I64.format(args[0]));
                  return args;
                });
    return arguments.has(ToolOptions.FUEL)
        ? options.withFuel(arguments.number(ToolOptions.FUEL, 0, Long.MAX_VALUE))
        : options;
  }

  /** A module that is not a program may print, too. */
  private WasiOptions wasi() throws IOException {
    // With --json there is one document on standard output, and nothing beside it.
    PrintStream out = output.json() ? output.err : output.out;
    WasiOptions wasi = WasiOptions.defaults().withStdout(out).withStderr(output.err);
    List<String> words = new ArrayList<>();
    Path name = arguments.path(0).getFileName();
    words.add(name == null ? arguments.operand(0) : name.toString());
    words.addAll(program() ? arguments.rest() : new ArrayList<String>());
    wasi = wasi.withArgs(words.toArray(new String[0]));
    for (String variable : arguments.values(ToolOptions.ENV)) {
      int equals = variable.indexOf('=');
      if (equals < 1) {
        throw new UsageException(UsageMessages.noVariable(arguments.command(), variable));
      }
      wasi = wasi.withEnv(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return arguments.has(ToolOptions.STDIN) ? wasi.withStdin(all(output.in)) : wasi;
  }

  private static byte[] all(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[8192];
    for (int read = in.read(some); read >= 0; read = in.read(some)) {
      all.write(some, 0, read);
    }
    return all.toByteArray();
  }
}
