package dev.stowage.packager.tool;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the tools of this machine: a variable such as {@code CC} first, then the PATH.
 *
 * @param environment the variables of the caller
 * @since 0.1.0
 */
public record ToolBox(Map<String, String> environment) {
  /** Copies the map. */
  public ToolBox {
    environment = Map.copyOf(environment);
  }

  /**
   * A tool that was found.
   *
   * @param tool which one
   * @param command as the user names it: program, then arguments that came with the variable
   * @param executable the file behind it
   */
  public record Found(Tool tool, List<String> command, Path executable) {
    /** The beginning of a command line: the file itself, so that no other PATH is searched. */
    public List<String> line() {
      List<String> line = new ArrayList<>(command);
      line.set(0, executable.toString());
      return line;
    }
  }

  /** The caller's variables with some of the build's own. */
  public Map<String, String> with(Map<String, String> own) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(own);
    return all;
  }

  /**
   * Finds a tool.
   *
   * @param wanted the oldest version that will do, or null; it is not compared, only told
   * @throws dev.stowage.packager.message.PackagerException (ENVIRONMENT, STOW-120) with the way to
   *     install it
   */
  public Found require(Tool tool, String wanted) {
    return find(tool).orElseThrow(() -> tool.missing(command(tool).get(0), looked(tool), wanted));
  }

  /** Finds a tool that any version will do of, or that was found before. */
  public Found require(Tool tool) {
    return require(tool, null);
  }

  /** Finds a tool, or empty. */
  public Optional<Found> find(Tool tool) {
    List<String> command = command(tool);
    return executable(command.get(0)).map(file -> new Found(tool, command, file));
  }

  private List<String> command(Tool tool) {
    String value = environment.getOrDefault(tool.variable(), "").strip();
    return value.isEmpty() ? List.of(tool.command()) : List.of(value.split("\\s+", -1));
  }

  private String looked(Tool tool) {
    boolean replaced = !environment.getOrDefault(tool.variable(), "").isBlank();
    String path = "PATH=" + environment.getOrDefault("PATH", "");
    return replaced ? tool.variable() + "=" + environment.get(tool.variable()) + ", " + path : path;
  }

  private Optional<Path> executable(String name) {
    if (name.indexOf(File.separatorChar) >= 0) {
      return Optional.of(Path.of(name)).filter(ToolBox::runnable);
    }
    for (String directory : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      for (String suffix : List.of("", ".exe", ".cmd")) {
        Path file = Path.of(directory.isEmpty() ? "." : directory, name + suffix);
        if (runnable(file)) {
          return Optional.of(file.toAbsolutePath());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean runnable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
