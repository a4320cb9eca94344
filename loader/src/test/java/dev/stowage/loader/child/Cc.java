package dev.stowage.loader.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The machine's C compiler; the tests need it and say so when it is missing. */
public final class Cc {
  private Cc() {}

  /** Compiles one source of src/test/c to a shared library. */
  public static void shared(Path output, String source, String... flags) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "include");
    List<String> command =
        new ArrayList<>(List.of("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-O1"));
    command.addAll(List.of("-fPIC", "-shared", "-I" + java, "-I" + java.resolve("linux")));
    command.addAll(List.of("-Wl,-rpath,$ORIGIN:$ORIGIN/..", "-Wl,-soname," + output.getFileName()));
    command.addAll(List.of("-o", output.toString(), Path.of("src/test/c", source).toString()));
    command.addAll(List.of(flags));
    run(command);
  }

  /** Runs a build tool; a missing tool or a failure is an error with its output. */
  public static void run(List<String> command) throws Exception {
    Path log = Files.createTempFile("tool", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new AssertionError(command + " failed:\n" + Files.readString(log));
      }
    } catch (IOException e) {
      throw new AssertionError(
          "the loader's tests need '" + command.get(0) + "' (Debian: apt install gcc)", e);
    } finally {
      Files.delete(log);
    }
  }
}
