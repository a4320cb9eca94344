package dev.stowage.wasm.tool;

import dev.stowage.wasm.HostFunction;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.WasmInstance;
import java.io.IOException;
import java.util.List;

/** Calls an exported function. */
final class RunCommand {
  private RunCommand() {}

  static int run(Arguments arguments, Output output) throws IOException {
    if (arguments.count() < 2) {
      throw new UsageException(Messages.usage(arguments.command()));
    }
    String export = arguments.operand(1);
    List<String> args = arguments.operandsFrom(2);
    long[] numbers = new long[args.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(arguments, args.get(i));
    }
    HostFunction host =
        argument -> {
          output.say("Host", Long.toString(argument));
          return argument;
        };
    byte[] module = ModuleFile.read(arguments.path(0));
    try (WasmInstance instance =
        WasmInstance.open(module, InstanceOptions.defaults().withHost(host))) {
      long result = instance.call(export, numbers);
      output.say("Returned", Messages.result(export, String.join(", ", args), result));
    }
    return Main.OK;
  }

  private static long number(Arguments arguments, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UsageException(Messages.notANumber(arguments.command(), text));
    }
  }
}
