package dev.stowage.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A running child process. */
public final class RunningChild {
  private final Process process;
  private final List<String> command;
  private final Path directory;
  private final Duration limit;

  RunningChild(Process process, List<String> command, Path directory, Duration limit) {
    this.process = process;
    this.command = List.copyOf(command);
    this.directory = directory;
    this.limit = limit;
  }

  /** Sends it a signal by name (TERM, QUIT). */
  public void signal(String name) {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException(
            "kill -" + name + " " + process.pid() + " exited with " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kills it if it is still running, and waits for its end. */
  public Outcome kill() {
    process.destroyForcibly();
    return await();
  }

  /** Kills it and all processes that it started. */
  public Outcome killTree() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    return kill();
  }

  /** Whether it is still running. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until its standard output or error contains that text. */
  public void awaitOutput(String text) {
    await("output \"" + text + "\"", () -> output().contains(text));
  }

  /** Waits until the child has made the condition true. */
  public void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("no " + what + ":\n" + await());
      }
      pause();
    }
  }

  /** Its output so far, standard output first. */
  public String output() {
    return read("stdout.txt") + read("stderr.txt");
  }

  /** Waits for its end. At its time limit it prints its threads and is killed. */
  public Outcome await() {
    return await(limit);
  }

  /** Waits for its end with another time limit, counted from now. */
  public Outcome await(Duration most) {
    try {
      boolean ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        signal("QUIT");
        process.waitFor(2, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
      }
      return new Outcome(
          command, process.exitValue(), !ended, read("stdout.txt"), read("stderr.txt"), crashes());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException(e);
    }
  }

  private List<String> crashes() {
    List<String> reports = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "hs_err_*")) {
      for (Path file : files) {
        reports.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reports;
  }

  private String read(String name) {
    try {
      return new String(Files.readAllBytes(directory.resolve(name)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
