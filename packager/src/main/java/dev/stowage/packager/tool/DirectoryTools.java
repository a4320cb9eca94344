package dev.stowage.packager.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The tools as they are seen from one directory: the tool chain files of rustup and Go there select
 * other versions than elsewhere.
 *
 * @param box where the tools are
 * @param versions what they answered when asked for their version
 * @param directory in which they run
 * @since 0.1.0
 */
public record DirectoryTools(ToolBox box, Versions versions, Path directory) {
  /** The line in which a tool names its version. */
  public String version(ToolBox.Found found) {
    return versions.of(found, directory, Map.of());
  }

  /** Runs a command line to its end. */
  public ToolProcess.Outcome run(List<String> line) {
    return new ToolProcess(line, directory, box.environment()).run();
  }
}
