package dev.stowage.it.scenario;

import dev.stowage.wasm.Artifact;
import dev.stowage.wasm.RegistryOptions;
import dev.stowage.wasm.WasmRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Iterator;
import java.util.TreeSet;

/**
 * Runs the commands in its arguments: {@code push NAME MODULE REFERENCE}, {@code pull NAME
 * REFERENCE FILE}, {@code list NAME DIRECTORY}. NAME is the name of the result; a command whose
 * NAME begins with "!" must fail.
 */
public final class Pulls {
  private Pulls() {}

  public static void main(String[] args) throws Exception {
    Iterator<String> words = Arrays.asList(args).iterator();
    while (words.hasNext()) {
      String command = words.next();
      String name = words.next();
      if (name.startsWith("!")) {
        ScenarioReport.thrown(name.substring(1), () -> run(command, words));
      } else {
        ScenarioReport.ok(name, run(command, words));
      }
    }
    ScenarioReport.check("handles", WasmRegistry.liveHandles() == 0, WasmRegistry.liveHandles());
    ScenarioReport.check("bytes", WasmRegistry.nativeBytes() == 0, WasmRegistry.nativeBytes());
  }

  private static String run(String command, Iterator<String> words) throws Exception {
    String first = words.next();
    switch (command) {
      case "push":
        Path module = Paths.get(first);
        return WasmRegistry.push(module, words.next(), RegistryOptions.defaults()).moduleDigest();
      case "pull":
        Path file = Paths.get(words.next());
        Artifact pulled = WasmRegistry.pull(first, file, RegistryOptions.defaults());
        return pulled.moduleDigest() + " " + Files.size(file);
      default:
        return new TreeSet<>(Arrays.asList(Paths.get(first).toFile().list())).toString();
    }
  }
}
