package dev.stowage.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds programs for tests: on the PATH, and in the directories of ci/setup and ci/setup-cross. */
public final class ToolPath {
  private static Path directory;

  private ToolPath() {}

  /** The directory into which ci/setup and ci/setup-cross install, as the scripts report it. */
  public static synchronized Path directory() {
    if (directory == null) {
      String script = ". ci/lib/tools.sh && printf %s \"$TOOLS\"";
      Outcome printed = Commands.run(Repository.root(), List.of("bash", "-c", script));
      directory = Path.of(printed.expectExit(0).out());
    }
    return directory;
  }

  /** The environment variables of this process, with those tools on the PATH. */
  public static Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.merge(
        "PATH", directory().resolve("bin").toString(), (path, bin) -> bin + ":" + path);
    return environment;
  }

  /** Finds the file of a program. */
  public static Optional<Path> find(String program) {
    return Stream.of(environment().get("PATH").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
