package dev.stowage.wasm.tool;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** Detects whether a person reads the output. */
final class Terminal {
  private Terminal() {}

  /** Whether standard error is a terminal that can go back to the start of a line. */
  static boolean watches() {
    return !"dumb".equals(System.getenv("TERM")) && consoleIsTerminal() && errorIsDevice();
  }

  /**
   * Checks standard input and output. From JDK 22 on a console may exist without a terminal, and a
   * method reports which.
   */
  @SuppressWarnings("SystemConsoleNull") // Up to JDK 21 it is null without a terminal.
  private static boolean consoleIsTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }

  /**
   * No API reports on standard error alone; where /proc exists, its link names a device or a file.
   */
  private static boolean errorIsDevice() {
    Path error = Paths.get("/proc/self/fd/2");
    if (!Files.isSymbolicLink(error)) {
      return true;
    }
    try {
      String target = Files.readSymbolicLink(error).toString();
      return target.startsWith("/dev/") && !target.equals("/dev/null");
    } catch (IOException e) {
      return false;
    }
  }
}
