package dev.stowage.wasm.tool;

import dev.stowage.wasm.ModuleDescription;
import dev.stowage.wasm.Wasm;
import java.io.IOException;
import java.util.Locale;

/** Validates a module and says what it needs and offers. */
final class DescribeCommand {
  private DescribeCommand() {}

  static int run(Arguments arguments, Output output) throws IOException {
    byte[] module = ModuleFile.read(arguments.path(0));
    ModuleDescription description = Wasm.describe(module);
    int imports = description.imports().size();
    int exports = description.exports().size();
    output.say("Valid", Messages.module(arguments.operand(0), module.length, imports, exports));
    members(description, output);
    return Main.OK;
  }

  static void members(ModuleDescription description, Output output) {
    for (ModuleDescription.Import need : description.imports()) {
      String name = need.module() + "." + need.name();
      output.say("Import", Messages.member(kind(need.kind()), name, need.type()));
    }
    for (ModuleDescription.Export offer : description.exports()) {
      output.say("Export", Messages.member(kind(offer.kind()), offer.name(), offer.type()));
    }
  }

  private static String kind(ModuleDescription.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
