package dev.stowage.packager.kit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** LLVM's own reader, as a witness for what ours says. */
public final class Readobj {
  private static final String PROGRAM = "llvm-readobj";

  private Readobj() {}

  /** Skips the test without it, or fails it in CI. */
  public static void assumeInstalled() {
    boolean there = false;
    for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
      there |= Files.isExecutable(Path.of(directory, PROGRAM));
    }
    Required.assume(there, PROGRAM + " is not on PATH; install it: apt-get install llvm");
  }

  /** What it prints of a file. */
  public static String of(Path file, String... options) {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(List.of(options));
    command.add(file.toString());
    Child child = Child.run(file.getParent(), command);
    if (child.exit() != 0) {
      throw new IllegalStateException(child.output());
    }
    return child.output();
  }
}
