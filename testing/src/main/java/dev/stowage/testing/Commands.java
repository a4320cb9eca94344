package dev.stowage.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs build tools, which get this process' environment, and end well in most tests. */
public final class Commands {
  /** Compilers that start with cold caches on a busy machine take minutes. */
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

  /** The same; anything but exit code 0 is an error with the command's output. */
  public static String output(Path directory, List<String> command) {
    return run(directory, command).expectExit(0).output();
  }

  /** The same in the working directory of the tests. */
  public static String output(List<String> command) {
    return output(Path.of("").toAbsolutePath(), command);
  }
}
