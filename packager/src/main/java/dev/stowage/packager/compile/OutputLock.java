package dev.stowage.packager.compile;

import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.SharedMessages;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Allows one build at a time per output directory. The operating system releases the lock when the
 * process ends, so a killed build leaves nothing to clean up.
 */
final class OutputLock implements AutoCloseable {
  private static final long POLL_MILLIS = 100;

  private final FileChannel channel;
  private final FileLock lock;

  private OutputLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /** Runs the work while no other build can write below this directory. */
  static void holding(Path root, Console console, Runnable work) {
    OutputLock lock = take(root, console);
    try (lock) {
      work.run();
    }
  }

  private static OutputLock take(Path root, Console console) {
    Path file = root.resolve("work").resolve("lock");
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean told = false;
      while (true) {
        FileLock lock = attempt(channel);
        if (lock != null) {
          return new OutputLock(channel, lock);
        }
        if (!told) {
          console.warn(BuildMessages.waiting(root));
          told = true;
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SharedMessages.interrupted(file.toString());
    }
  }

  private static FileLock attempt(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this JVM holds the lock (a parallel Maven build).
      return null;
    }
  }

  @Override
  public void close() {
    try (channel) {
      lock.release();
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(Path.of("lock"), e);
    }
  }
}
