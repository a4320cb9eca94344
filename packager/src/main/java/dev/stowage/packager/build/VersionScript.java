package dev.stowage.packager.build;

import java.util.List;

/** The text that tells the linker what a library exports. */
final class VersionScript {
  private VersionScript() {}

  /** Exports these symbols and nothing else. */
  static String of(List<String> symbols) {
    StringBuilder text = new StringBuilder("{\n  global:\n");
    for (String symbol : symbols) {
      text.append("    ").append(symbol).append(";\n");
    }
    return text.append("  local:\n    *;\n};\n").toString();
  }
}
