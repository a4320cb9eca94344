package dev.stowage.packager.tool;

import dev.stowage.packager.message.SharedMessages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A child process that is run to its end; its output is captured.
 *
 * @param line program and arguments, no shell
 * @param directory its working directory
 * @param environment all variables of the child
 * @since 0.1.0
 */
public record ToolProcess(List<String> line, Path directory, Map<String, String> environment) {
  /** Copies the collections. */
  public ToolProcess {
    line = List.copyOf(line);
    environment = Map.copyOf(environment);
  }

  /**
   * The result of a process.
   *
   * @param exitCode 0 is success
   * @param out standard output as UTF-8
   * @param err standard error as UTF-8
   * @param millis wall time
   */
  public record Outcome(int exitCode, String out, String err, long millis) {
    /** Whether the exit code is 0. */
    public boolean succeeded() {
      return exitCode == 0;
    }

    /**
     * The signal that ended it, or 0. Like a shell, the JDK reports 128 plus the signal's number as
     * exit code; Linux has 64 signals.
     */
    public int signal() {
      return exitCode > 128 && exitCode <= 128 + 64 ? exitCode - 128 : 0;
    }
  }

  private static final ActiveTime ACTIVE = new ActiveTime();

  /** Total time so far during which at least one child of this JVM ran. */
  public static long activeNanos() {
    return ACTIVE.nanos();
  }

  /**
   * Runs it. If this thread is interrupted, the child and its children are killed.
   *
   * @throws dev.stowage.packager.message.PackagerException when the program cannot be started
   */
  public Outcome run() {
    ACTIVE.enter();
    try {
      return runAlone();
    } finally {
      ACTIVE.leave();
    }
  }

  private Outcome runAlone() {
    long start = System.nanoTime();
    ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw SharedMessages.toolNotStarted(line.get(0), e.getMessage());
    }
    try {
      CompletableFuture<String> out = drain(process.getInputStream());
      CompletableFuture<String> err = drain(process.getErrorStream());
      int code = process.waitFor();
      return new Outcome(code, out.join(), err.join(), (System.nanoTime() - start) / 1_000_000);
    } catch (InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw SharedMessages.interrupted(line.get(0));
    }
  }

  private static CompletableFuture<String> drain(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> {
          Thread thread = new Thread(task, "stowage-output");
          thread.setDaemon(true);
          thread.start();
        });
  }
}
