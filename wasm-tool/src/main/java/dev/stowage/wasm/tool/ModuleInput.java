package dev.stowage.wasm.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a module; the error for an unreadable file has its name and the system's reason. */
final class ModuleInput {
  private ModuleInput() {}

  static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException(ToolMessages.unreadable(file, ToolMessages.reason(e)), e);
    }
  }
}
