package dev.stowage.wasm.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a module; a file that cannot be read is named with the system's reason. */
final class ModuleFile {
  private ModuleFile() {}

  static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IOException(Messages.unreadable(file, Messages.reason(e)), e);
    }
  }
}
