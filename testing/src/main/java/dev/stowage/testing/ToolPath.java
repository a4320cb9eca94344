package dev.stowage.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where tests find programs: on the PATH, and where ci/setup and ci/setup-cross put theirs. */
public final class ToolPath {
  private static Path directory;

  private ToolPath() {}

  /** The directory of what ci/setup and ci/setup-cross install, from the scripts themselves. */
  public static synchronized Path directory() {
    if (directory == null) {
      String script = ". ci/lib/tools.sh && printf %s \"$TOOLS\"";
      Outcome printed = Commands.run(Repository.root(), List.of("bash", "-c", script));
      directory = Path.of(printed.expectExit(0).out());
    }
    return directory;
  }

  /** This process' variables, with those tools on the PATH. */
  public static Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.merge(
        "PATH", directory().resolve("bin").toString(), (path, bin) -> bin + ":" + path);
    return environment;
  }

  /** The program's file. */
  public static Optional<Path> find(String program) {
    return Stream.of(environment().get("PATH").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
