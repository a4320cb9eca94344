package dev.stowage.wasm.tool;

import dev.stowage.wasm.ModuleDescription;
import dev.stowage.wasm.Wasm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Validates a module and lists its imports, exports and contents. */
final class DescribeCommand {
  private DescribeCommand() {}

  static int run(ParsedArguments arguments, ToolOutput output) throws IOException {
    byte[] module = ModuleInput.read(arguments.path(0));
    ModuleDescription description = Wasm.describe(module);
    int imports = description.imports().size();
    int exports = description.exports().size();
    output.say("Valid", ToolMessages.module(arguments.operand(0), module.length, imports, exports));
    members(description, output);
    insides(description, output);
    output.document(
        "version",
        1,
        "file",
        arguments.operand(0),
        "size",
        module.length,
        "imports",
        imports(description),
        "exports",
        exports(description),
        "memories",
        description.memories(),
        "tables",
        description.tables(),
        "globals",
        description.globals(),
        "customSections",
        sections(description),
        "producers",
        producers(description),
        "features",
        description.features());
    return ToolMain.OK;
  }

  static void members(ModuleDescription description, ToolOutput output) {
    for (ModuleDescription.Import need : description.imports()) {
      String name = need.module() + "." + need.name();
      output.say("Import", ToolMessages.member(kind(need.kind()), name, need.type()));
    }
    for (ModuleDescription.Export offer : description.exports()) {
      output.say("Export", ToolMessages.member(kind(offer.kind()), offer.name(), offer.type()));
    }
  }

  private static void insides(ModuleDescription description, ToolOutput output) {
    each(output, "Memory", description.memories());
    each(output, "Table", description.tables());
    each(output, "Global", description.globals());
    for (ModuleDescription.CustomSection section : description.customSections()) {
      output.say("Section", ToolMessages.section(section.name(), section.size(), section.offset()));
    }
    for (ModuleDescription.Producer producer : description.producers()) {
      output.say(
          "Producer", ToolMessages.producer(producer.field(), producer.name(), producer.version()));
    }
    each(output, "Feature", description.features());
  }

  private static void each(ToolOutput output, String action, List<String> texts) {
    for (String text : texts) {
      output.say(action, text);
    }
  }

  private static List<Map<String, Object>> imports(ModuleDescription description) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ModuleDescription.Import need : description.imports()) {
      all.add(
          JsonText.object(
              "module",
              need.module(),
              "name",
              need.name(),
              "kind",
              kind(need.kind()),
              "type",
              need.type()));
    }
    return all;
  }

  private static List<Map<String, Object>> exports(ModuleDescription description) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ModuleDescription.Export offer : description.exports()) {
      all.add(
          JsonText.object("name", offer.name(), "kind", kind(offer.kind()), "type", offer.type()));
    }
    return all;
  }

  private static List<Map<String, Object>> sections(ModuleDescription description) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ModuleDescription.CustomSection section : description.customSections()) {
      all.add(
          JsonText.object(
              "name", section.name(), "offset", section.offset(), "size", section.size()));
    }
    return all;
  }

  private static List<Map<String, Object>> producers(ModuleDescription description) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ModuleDescription.Producer producer : description.producers()) {
      all.add(
          JsonText.object(
              "field", producer.field(), "name", producer.name(), "version", producer.version()));
    }
    return all;
  }

  private static String kind(ModuleDescription.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
