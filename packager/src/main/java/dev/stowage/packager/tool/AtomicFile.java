package dev.stowage.packager.tool;

import dev.stowage.packager.message.SharedMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;

/**
 * Writes files so that other processes see a whole file or none.
 *
 * @since 0.1.0
 */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes beside the file under a unique name, then renames. The mode is that of any new file
   * ({@code 0666 & ~umask}). A file that already has this content is not touched.
   *
   * @throws dev.stowage.packager.message.PackagerException (ENVIRONMENT, STOW-124) naming path and
   *     cause
   */
  public static void write(Path file, byte[] content) {
    try {
      if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
        return;
      }
      Files.createDirectories(file.getParent());
      // Not createTempFile: its mode 0600 would stay with the published file.
      Path temp = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
      try {
        Files.write(temp, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temp);
      }
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(file, e);
    }
  }
}
