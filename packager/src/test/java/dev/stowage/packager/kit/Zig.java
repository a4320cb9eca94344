package dev.stowage.packager.kit;

import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds small shared libraries for every row with zig. */
public final class Zig {
  private static final Optional<ToolBox.Found> FOUND = new ToolBox(System.getenv()).find(Tool.ZIG);

  private Zig() {}

  /** Skips the test without zig, or fails it in CI. */
  public static void assumeInstalled() {
    Required.assume(FOUND.isPresent(), "zig is not on PATH; install it: ci/setup-cross");
  }

  /**
   * Compiles and links one source text; a failure is an exception with the compiler's words.
   *
   * @param target zig's target
   * @param file the library to make
   * @param source C text
   * @param arguments flags and further inputs
   */
  public static Path library(String target, Path file, String source, List<String> arguments) {
    try {
      Files.createDirectories(file.getParent());
      Path text = Files.writeString(file.resolveSibling(file.getFileName() + ".c"), source);
      List<String> command = new ArrayList<>(FOUND.orElseThrow().line());
      command.addAll(List.of("cc", "-target", target, "-shared", "-fPIC", "-O1", "-s", "-g0"));
      command.addAll(List.of("-fvisibility=hidden", text.toString(), "-o", file.toString()));
      command.addAll(arguments);
      Child child = Child.run(file.getParent(), command);
      Files.delete(text);
      if (child.exit() != 0) {
        throw new IllegalArgumentException(child.output());
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
