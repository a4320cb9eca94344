package dev.stowage.packager.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The tools as run in one directory, because toolchain files of rustup and Go can select a version
 * per directory.
 *
 * @param box finds the tools
 * @param versions their version lines
 * @param directory the working directory
 * @since 0.1.0
 */
public record DirectoryTools(ToolBox box, Versions versions, Path directory) {
  /** The line in which a tool names its version. */
  public String version(ToolBox.Found found) {
    return versions.of(found, directory, Map.of());
  }

  /** Runs a command in the directory and waits for its end. */
  public ToolProcess.Outcome run(List<String> line) {
    return new ToolProcess(line, directory, box.environment()).run();
  }
}
