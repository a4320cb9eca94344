package dev.stowage.it.spec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stowage.wasm.InstanceOptions;
import dev.stowage.wasm.ModuleDescription;
import dev.stowage.wasm.Wasm;
import dev.stowage.wasm.WasmException;
import dev.stowage.wasm.WasmException.Code;
import dev.stowage.wasm.WasmGlobal;
import dev.stowage.wasm.WasmInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Executes one test file: the commands of wast2json, with the modules beside them. All commands are
 * counted, because each can fail.
 */
final class Script implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final LaterVersions later;
  private final SpecImports linking = new SpecImports();
  private final Map<String, LoadedModule> named = new HashMap<>();
  private final Deque<WasmInstance> opened = new ArrayDeque<>();
  private LoadedModule current = LoadedModule.none("no module was loaded yet");

  private Script(Path directory, LaterVersions later) {
    this.directory = directory;
    this.later = later;
  }

  /** Runs the commands.json of a directory; {@code changed} can change each command. */
  static CommandCounts run(Path directory, LaterVersions later, UnaryOperator<JsonNode> changed)
      throws IOException {
    JsonNode file = JSON.readTree(directory.resolve("commands.json").toFile());
    CommandCounts tally = new CommandCounts();
    try (Script script = new Script(directory, later)) {
      for (JsonNode command : file.get("commands")) {
        script.count(changed.apply(command), tally);
      }
    }
    return tally;
  }

  private void count(JsonNode command, CommandCounts tally) throws IOException {
    String type = command.get("type").textValue();
    try {
      run(type, command);
      tally.pass(type.startsWith("assert_"));
    } catch (Skipped e) {
      tally.skip(e.getMessage());
      giveUp(command.path("action"));
    } catch (RuntimeException | AssertionError e) {
      tally.fail(directory.getFileName() + ".wast:" + command.get("line") + " " + type + ": " + e);
    }
  }

  private void giveUp(JsonNode action) {
    if (action.path("type").asText().equals("invoke")) {
      target(action.path("module")).giveUp("a call that was skipped could have changed its state");
    }
  }

  private void run(String type, JsonNode command) throws Skipped, IOException {
    switch (type) {
      case "module" -> module(command);
      case "register" ->
          linking.register(command.get("as").textValue(), target(command.path("name")));
      case "action" -> perform(command.get("action"));
      case "assert_return" -> assertReturn(command);
      case "assert_trap" -> fails(Code.TRAP, text(command), () -> perform(command.get("action")));
      case "assert_exhaustion" -> fails(Code.CALL_DEPTH, "", () -> perform(command.get("action")));
      case "assert_invalid", "assert_malformed" -> {
        String since = later.reason(directory.getFileName() + ":" + command.get("line"));
        if (since == null) {
          assertRefused(command);
        } else {
          assertAccepted(command, since);
        }
      }
      case "assert_unlinkable" -> fails(Code.MISSING_IMPORT, "", () -> open(command, false));
      case "assert_uninstantiable" -> fails(Code.TRAP, text(command), () -> open(command, true));
      default -> throw new AssertionError("a command that this test does not know");
    }
  }

  private void module(JsonNode command) throws Skipped, IOException {
    // Until the module is open, the following commands have no module to run in, whatever fails
    // here.
    current = LoadedModule.none("its module could not be opened");
    try {
      current = open(command, true);
    } catch (Skipped e) {
      current = LoadedModule.none(e.getMessage());
      throw e;
    } finally {
      if (command.has("name")) {
        named.put(command.get("name").textValue(), current);
      }
    }
  }

  private LoadedModule open(JsonNode command, boolean links) throws Skipped, IOException {
    byte[] wasm = wasm(command);
    ModuleDescription description = Wasm.describe(wasm);
    InstanceOptions options = linking.options(description, links);
    WasmInstance instance = WasmInstance.open(wasm, options);
    opened.push(instance);
    LoadedModule loaded = new LoadedModule(description, instance);
    linking.opened(description, loaded);
    return loaded;
  }

  private byte[] wasm(JsonNode command) throws Skipped, IOException {
    if (!command.get("module_type").textValue().equals("binary")) {
      throw new Skipped("a module in text form; the API takes binary ones");
    }
    return Files.readAllBytes(directory.resolve(command.get("filename").textValue()));
  }

  private long[] perform(JsonNode action) throws Skipped {
    String field = action.get("field").textValue();
    LoadedModule target = target(action.path("module"));
    if (action.get("type").textValue().equals("get")) {
      return new long[] {global(target, field).get()};
    }
    List<Value> arguments = Value.list(action.get("args"));
    return target.function(field).call(arguments.stream().mapToLong(Value::slot).toArray());
  }

  private static WasmGlobal global(LoadedModule target, String field) throws Skipped {
    return target.instance().global(field);
  }

  private LoadedModule target(JsonNode name) {
    return name.isMissingNode()
        ? current
        : requireNonNull(named.get(name.textValue()), "no module has this name");
  }

  private void assertReturn(JsonNode command) throws Skipped {
    List<Value> expected = Value.list(command.get("expected"));
    long[] results = perform(command.get("action"));
    boolean same = results.length == expected.size();
    for (int i = 0; same && i < results.length; i++) {
      same = expected.get(i).matches(results[i]);
    }
    if (!same) {
      throw new AssertionError("expected " + expected + ", got " + hex(results));
    }
  }

  /** The expected texts are those of another parser, so only the refusal is compared. */
  private void assertRefused(JsonNode command) throws Skipped, IOException {
    byte[] wasm = wasm(command);
    fails(Code.INVALID_MODULE, "", () -> Wasm.validate(wasm));
    fails(
        Code.INVALID_MODULE, "", () -> WasmInstance.open(wasm, InstanceOptions.defaults()).close());
  }

  private void assertAccepted(JsonNode command, String since) throws Skipped, IOException {
    Wasm.validate(wasm(command));
    throw new Skipped("valid since " + since + ", which came later");
  }

  private interface Action {
    void run() throws Skipped, IOException;
  }

  private static void fails(Code code, String text, Action action) throws Skipped, IOException {
    try {
      action.run();
    } catch (WasmException e) {
      if (e.code() != code || !e.getMessage().contains(text)) {
        throw new AssertionError("expected " + code + " '" + text + "', got " + e.code(), e);
      }
      return;
    }
    throw new AssertionError("expected " + code + " '" + text + "', but it succeeded");
  }

  /** Removes the index that some versions of the tests have at the end of the text. */
  private static String text(JsonNode command) {
    return command.get("text").textValue().replaceFirst(" [0-9]+$", "");
  }

  private static String hex(long[] slots) {
    StringBuilder text = new StringBuilder();
    for (long slot : slots) {
      text.append(" 0x").append(Long.toHexString(slot));
    }
    return text.toString();
  }

  @Override
  public void close() {
    // In reverse order, because an instance may call instances that were opened before it.
    opened.forEach(WasmInstance::close);
  }
}
