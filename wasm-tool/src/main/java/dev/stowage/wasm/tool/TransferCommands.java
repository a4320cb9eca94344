package dev.stowage.wasm.tool;

import dev.stowage.wasm.Artifact;
import dev.stowage.wasm.CancelToken;
import dev.stowage.wasm.RegistryOptions;
import dev.stowage.wasm.WasmRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The commands that use registries. */
final class TransferCommands {
  private TransferCommands() {}

  static int pull(ParsedArguments arguments, ToolOutput output) throws IOException {
    String reference = arguments.operand(0);
    Path file = arguments.path(1);
    Artifact artifact =
        transfer(arguments, output, options -> WasmRegistry.pull(reference, file, options));
    return moved(output, "Pulled", reference, file.toString(), artifact);
  }

  static int push(ParsedArguments arguments, ToolOutput output) throws IOException {
    Path file = arguments.path(0);
    String reference = arguments.operand(1);
    Artifact artifact =
        transfer(arguments, output, options -> WasmRegistry.push(file, reference, options));
    return moved(output, "Pushed", file.toString(), reference, artifact);
  }

  static int copy(ParsedArguments arguments, ToolOutput output) throws IOException {
    String from = arguments.operand(0);
    String to = arguments.operand(1);
    Artifact artifact =
        transfer(arguments, output, options -> WasmRegistry.copy(from, to, options));
    return moved(output, "Copied", from, to, artifact);
  }

  static int resolve(ParsedArguments arguments, ToolOutput output) throws IOException {
    String reference = arguments.operand(0);
    Artifact artifact =
        transfer(arguments, output, options -> WasmRegistry.resolve(reference, options));
    output.say("Resolved", reference);
    print(output, artifact);
    output.document("version", 1, "reference", reference, "artifact", json(artifact));
    return ToolMain.OK;
  }

  static int tags(ParsedArguments arguments, ToolOutput output) throws IOException {
    String repository = arguments.operand(0);
    List<String> tags =
        transfer(arguments, output, options -> WasmRegistry.tags(repository, options));
    for (String tag : tags) {
      output.say("Tag", tag);
    }
    output.document("version", 1, "repository", repository, "tags", tags);
    return ToolMain.OK;
  }

  private interface Call<T> {
    T with(RegistryOptions options);
  }

  private static <T> T transfer(ParsedArguments arguments, ToolOutput output, Call<T> call)
      throws IOException {
    RegistryOptions options = ConnectionOptions.options(arguments, output);
    TransferBar progress = new TransferBar(output);
    try (CancelToken token = CancelToken.open()) {
      RegistryOptions watched = options.withProgress(progress).withCancelToken(token);
      return Interrupt.cancels(token, () -> call.with(watched));
    } finally {
      progress.erase();
    }
  }

  private static int moved(
      ToolOutput output, String action, String from, String to, Artifact artifact) {
    output.say(action, ToolMessages.moved(from, to));
    print(output, artifact);
    output.document("version", 1, "from", from, "to", to, "artifact", json(artifact));
    return ToolMain.OK;
  }

  private static void print(ToolOutput output, Artifact artifact) {
    output.say("Manifest", artifact.digest());
    if (!artifact.moduleDigest().isEmpty()) {
      output.say("Module", ToolMessages.sized(artifact.moduleDigest(), artifact.moduleSize()));
    }
    for (Map.Entry<String, String> note : artifact.annotations().entrySet()) {
      output.say("Annotation", ToolMessages.annotation(note.getKey(), note.getValue()));
    }
  }

  private static Map<String, Object> json(Artifact artifact) {
    boolean module = !artifact.moduleDigest().isEmpty();
    return JsonText.object(
        "digest",
        artifact.digest(),
        "mediaType",
        artifact.mediaType(),
        "layout",
        artifact.layout().name(),
        "module",
        module
            ? JsonText.object("digest", artifact.moduleDigest(), "size", artifact.moduleSize())
            : null,
        "annotations",
        artifact.annotations());
  }
}
