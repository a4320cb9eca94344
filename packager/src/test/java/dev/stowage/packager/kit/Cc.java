package dev.stowage.packager.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds small shared libraries with the machine's C compiler. */
public final class Cc {
  /** Link flags of a good core, without SONAME and exports. */
  public static final List<String> CORE =
      List.of(
          "-Wl,-rpath,$ORIGIN:$ORIGIN/..",
          "-Wl,--disable-new-dtags",
          "-Wl,-z,relro",
          "-Wl,-z,now",
          "-Wl,-z,noexecstack",
          "-Wl,-z,nodelete");

  private Cc() {}

  /**
   * Compiles and links one source text; a failure is an exception with the compiler's words.
   *
   * @param file the library to make
   * @param source C text
   * @param arguments flags and further inputs
   */
  public static Path library(Path file, String source, List<String> arguments) {
    try {
      Files.createDirectories(file.getParent());
      Path text = Files.writeString(file.resolveSibling(file.getFileName() + ".c"), source);
      List<String> command = new ArrayList<>(List.of("cc", "-shared", "-fPIC", "-O1"));
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
