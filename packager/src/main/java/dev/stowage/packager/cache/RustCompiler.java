package dev.stowage.packager.cache;

import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.tool.ToolProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A rustc as it will run for a project.
 *
 * @param line program and leading arguments
 * @param directory where it runs: tool chain files there select another one of rustup's
 * @param environment its variables
 * @since 0.1.0
 */
public record RustCompiler(List<String> line, Path directory, Map<String, String> environment) {
  /** Copies the collections. */
  public RustCompiler {
    line = List.copyOf(line);
    environment = Map.copyOf(environment);
  }

  /**
   * What {@code rustc -vV} prints, with size and time of the program: distributions build one
   * version more than once.
   */
  String identity() {
    Path program = sysroot().resolve("bin").resolve("rustc");
    String version = print("-vV");
    try {
      return version + Files.size(program) + " " + Files.getLastModifiedTime(program) + "\n";
    } catch (IOException e) {
      return version;
    }
  }

  /** Directory of its libraries. */
  Path sysroot() {
    return Path.of(print("--print", "sysroot").strip());
  }

  private String print(String... arguments) {
    ToolProcess.Outcome outcome = run(List.of(arguments));
    if (!outcome.succeeded()) {
      throw SharedMessages.toolNotStarted(String.join(" ", line), outcome.err());
    }
    return outcome.out();
  }

  ToolProcess.Outcome run(List<String> arguments) {
    List<String> all = new ArrayList<>(line);
    all.addAll(arguments);
    return new ToolProcess(all, directory, environment).run();
  }
}
