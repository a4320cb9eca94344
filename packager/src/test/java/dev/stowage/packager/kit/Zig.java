package dev.stowage.packager.kit;

import dev.stowage.packager.tool.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds small shared libraries for every row with zig. */
public final class Zig {
  private Zig() {}

  /** Skips the test without zig, or fails it in CI. */
  public static void assumeInstalled() {
    Required.tool(Tool.ZIG);
  }

  /**
   * Compiles and links one source text, without anything for a debugger.
   *
   * @param target zig's target
   * @param file the library to make
   * @param source C text
   * @param arguments flags and further inputs
   */
  public static Path library(String target, Path file, String source, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("-O1", "-s", "-g0", "-fvisibility=hidden"));
    all.addAll(arguments);
    return link(target, file, source, all);
  }

  /** Compiles and links; a failure is an exception with the compiler's words. */
  static Path link(String target, Path file, String source, List<String> arguments) {
    try {
      Files.createDirectories(file.getParent());
      Path text = Files.writeString(file.resolveSibling("source.c"), source);
      List<String> command = new ArrayList<>(Required.tool(Tool.ZIG).line());
      command.addAll(List.of("cc", "-target", target, "-shared", "-fPIC"));
      command.addAll(List.of(text.toString(), "-o", file.toString()));
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
