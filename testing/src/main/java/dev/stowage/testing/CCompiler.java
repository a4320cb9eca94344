package dev.stowage.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds small libraries and programs in C.
 *
 * @param line the command line up to its arguments
 */
public record CCompiler(List<String> line) {
  /** Flags for C11 without any warning. */
  public static final List<String> STRICT = List.of("-std=c11", "-Wall", "-Wextra", "-Werror");

  /** Link flags of a valid core, without SONAME and exports. */
  public static final List<String> GOOD_CORE =
      List.of(
          "-Wl,-rpath,$ORIGIN:$ORIGIN/..",
          "-Wl,--disable-new-dtags",
          "-Wl,-z,relro",
          "-Wl,-z,now",
          "-Wl,-z,noexecstack",
          "-Wl,-z,nodelete");

  /** The compiler of this machine; without it, a test that needs it fails. */
  public static CCompiler host() {
    return named("cc", "apt-get install gcc libc6-dev");
  }

  /** A compiler of this machine for musl; without it the test is skipped, or fails in CI. */
  public static CCompiler musl() {
    Requirement.TEST_RUNTIMES.assumeProgram("musl-gcc", "apt-get install musl-tools");
    return named("musl-gcc", "apt-get install musl-tools");
  }

  /** zig for one of its targets; without it the test is skipped, or fails in CI. */
  public static CCompiler zig(String zigTarget) {
    assumeZig();
    String zig = ToolPath.find("zig").orElseThrow().toString();
    return new CCompiler(List.of(zig, "cc", "-target", zigTarget));
  }

  /** Skips the calling test where zig is not installed, or fails it in CI. */
  public static void assumeZig() {
    Requirement.CROSS_TOOLS.assumeProgram("zig", "ci/setup-cross");
  }

  private static CCompiler named(String program, String install) {
    if (ToolPath.find(program).isEmpty()) {
      throw new AssertionError(program + " is not on PATH; install it: " + install);
    }
    return new CCompiler(List.of(program));
  }

  /**
   * Runs it in the working directory of the tests; a failure is an error with the compiler's
   * output.
   */
  public void compile(List<String> arguments) {
    compile(Path.of("").toAbsolutePath(), arguments);
  }

  private void compile(Path directory, List<String> arguments) {
    List<String> command = new ArrayList<>(line);
    command.addAll(arguments);
    Commands.output(directory, command);
  }

  /**
   * Compiles and links one source text.
   *
   * @param file the library to make
   * @param source C text
   * @param arguments flags and further inputs
   */
  public Path library(Path file, String source, List<String> arguments) {
    try {
      Files.createDirectories(file.getParent());
      // Debug information contains the file name, so libraries that must be equal need equal names.
      Path text = Files.writeString(file.resolveSibling("source.c"), source);
      library(file, text, arguments);
      Files.delete(text);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles and links one source file, in the directory of the library. */
  public Path library(Path file, Path source, List<String> arguments) {
    String text = source.toAbsolutePath().toString();
    List<String> all = new ArrayList<>(List.of("-shared", "-fPIC", "-O1", text));
    all.addAll(List.of("-o", file.toString()));
    all.addAll(arguments);
    compile(file.toAbsolutePath().getParent(), all);
    return file;
  }
}
