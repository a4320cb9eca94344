package dev.stowage.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs build tools with the environment of this process. Most tests require that they succeed. */
public final class Commands {
  /** Compilers with cold caches on a busy machine need minutes. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private Commands() {}

  /** Runs a command in a directory to its end, in the C locale. */
  public static Outcome run(Path directory, List<String> command) {
    return ChildProcess.program(command.toArray(new String[0]))
        .work(directory)
        .inheritEnvironment()
        .environment("LC_ALL", "C")
        .limit(LIMIT)
        .run();
  }

  /** Returns the output of a command; any exit code but 0 is an error with the output. */
  public static String output(Path directory, List<String> command) {
    return run(directory, command).expectExit(0).output();
  }

  /** Like {@link #output(Path, List)}, in the working directory of the tests. */
  public static String output(List<String> command) {
    return output(Path.of("").toAbsolutePath(), command);
  }
}
