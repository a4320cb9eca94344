package dev.stowage.packager.tool;

import dev.stowage.packager.message.PackagerException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the tools of this machine: a variable such as {@code CC} first, then the PATH, then the
 * directory into which {@code ci/setup-cross} installs. It is thread-safe and remembers what it
 * found.
 *
 * @since 0.1.0
 */
public final class ToolBox {
  /**
   * Directory of {@code ci/setup-cross} below the user's cache directory; the script reads this
   * name from the list of tools. It need not be on the PATH.
   */
  static final String SETUP_DIRECTORY = "stowage-tools";

  private static final List<String> SUFFIXES = List.of("", ".exe", ".cmd");

  /** Prints the path of the wheel's zig, or fails. Importing the module instead would run zig. */
  private static final String WHEEL =
      "import importlib.util as u, os; d = os.path.dirname(u.find_spec('ziglang').origin);"
          + " print(os.path.join(d, 'zig.exe' if os.name == 'nt' else 'zig'))";

  private final Map<String, String> environment;
  private final Map<Tool, Optional<Found>> known = new ConcurrentHashMap<>();

  /**
   * Finds tools for one caller.
   *
   * @param environment its variables, copied
   */
  public ToolBox(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The caller's variables. */
  public Map<String, String> environment() {
    return environment;
  }

  /**
   * A tool that was found.
   *
   * @param tool which one
   * @param command as the user wrote it: program, then the arguments in the variable
   * @param executable the file that is run
   */
  public record Found(Tool tool, List<String> command, Path executable) {
    /**
     * The beginning of a command line. It has the file itself, so that no other PATH is searched.
     */
    public List<String> line() {
      List<String> line = new ArrayList<>(command);
      line.set(0, executable.toString());
      return line;
    }
  }

  /** The caller's variables, overridden by those of the build. */
  public Map<String, String> with(Map<String, String> own) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(own);
    return all;
  }

  /**
   * Finds a tool.
   *
   * @param wanted the oldest usable version, or null; only the error text uses it
   * @throws dev.stowage.packager.message.PackagerException (ENVIRONMENT, STOW-120) with the way to
   *     install it
   */
  public Found require(Tool tool, String wanted) {
    return find(tool).orElseThrow(() -> tool.missing(command(tool).get(0), searched(tool), wanted));
  }

  /** Finds a tool of which any version is usable, or that was found before. */
  public Found require(Tool tool) {
    return require(tool, null);
  }

  /** Finds a tool, or empty. */
  public Optional<Found> find(Tool tool) {
    return known.computeIfAbsent(
        tool,
        t -> {
          Optional<Found> first = all(t).stream().findFirst();
          return first.isEmpty() && t == Tool.ZIG && !replaced(t) ? wheel() : first;
        });
  }

  /**
   * All programs for a tool: if its variable is set, only that one; else those on the PATH in
   * order, then the one that {@code ci/setup-cross} installed. A file that is reachable through
   * several directories is listed once.
   */
  public List<Found> all(Tool tool) {
    List<String> command = command(tool);
    return executables(command.get(0)).stream()
        .map(file -> new Found(tool, command, file))
        .toList();
  }

  /**
   * The tool of the same installation as another one: in the same directory, or as its own variable
   * names it.
   */
  public Optional<Found> beside(Found other, Tool tool) {
    if (replaced(tool)) {
      return find(tool);
    }
    return SUFFIXES.stream()
        .map(suffix -> other.executable().resolveSibling(tool.command() + suffix))
        .filter(ToolBox::runnable)
        .map(file -> new Found(tool, List.of(tool.command()), file))
        .findFirst();
  }

  private List<String> command(Tool tool) {
    String value = environment.getOrDefault(tool.variable(), "").strip();
    return value.isEmpty() ? List.of(tool.command()) : List.of(value.split("\\s+", -1));
  }

  private boolean replaced(Tool tool) {
    return !environment.getOrDefault(tool.variable(), "").isBlank();
  }

  /** The places where a tool is looked for, in that order, for an error text. */
  public String searched(Tool tool) {
    List<String> places = new ArrayList<>();
    if (replaced(tool)) {
      places.add(tool.variable() + "=" + environment.get(tool.variable()));
    }
    places.add("PATH=" + environment.getOrDefault("PATH", ""));
    setupDirectory().ifPresent(directory -> places.add(directory + " (ci/setup-cross)"));
    return String.join(", ", places);
  }

  /** The programs that {@code ci/setup-cross} installs; empty without a home directory. */
  private Optional<Path> setupDirectory() {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    // A relative path is ignored, as the XDG base directory specification requires.
    Path root = Path.of(cache).isAbsolute() ? Path.of(cache) : Path.of(home, ".cache");
    return root.isAbsolute()
        ? Optional.of(root.resolve(SETUP_DIRECTORY).resolve("bin"))
        : Optional.empty();
  }

  /** zig from pip, which puts the compiler inside the package and no command beside python. */
  private Optional<Found> wheel() {
    for (Path python : executables("python3")) {
      try {
        List<String> line = List.of(python.toString(), "-c", WHEEL);
        ToolProcess.Outcome outcome =
            new ToolProcess(line, Path.of("").toAbsolutePath(), environment).run();
        Path zig = Path.of(outcome.out().strip());
        if (outcome.succeeded() && runnable(zig)) {
          return Optional.of(new Found(Tool.ZIG, List.of(Tool.ZIG.command()), zig));
        }
      } catch (PackagerException e) {
        // This python does not start; the next one may.
      }
    }
    return Optional.empty();
  }

  private List<Path> executables(String name) {
    if (name.indexOf(File.separatorChar) >= 0) {
      return runnable(Path.of(name)) ? List.of(Path.of(name)) : List.of();
    }
    List<Path> directories = new ArrayList<>();
    for (String directory : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      directories.add(Path.of(directory.isEmpty() ? "." : directory));
    }
    setupDirectory().ifPresent(directories::add);
    Map<Path, Path> files = new LinkedHashMap<>();
    for (Path directory : directories) {
      for (String suffix : SUFFIXES) {
        Path file = directory.resolve(name + suffix).toAbsolutePath();
        if (runnable(file)) {
          files.putIfAbsent(real(file), file);
        }
      }
    }
    return List.copyOf(files.values());
  }

  private static Path real(Path file) {
    try {
      return file.getParent().toRealPath().resolve(file.getFileName());
    } catch (IOException e) {
      return file;
    }
  }

  private static boolean runnable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
