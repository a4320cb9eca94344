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
 * A rustc with the way it is run for a project.
 *
 * @param line program and leading arguments
 * @param directory working directory: with rustup, toolchain files there can select another
 *     compiler
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
   * Output of {@code rustc -vV} with size and time stamp of the program, because distributions
   * rebuild a version.
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
