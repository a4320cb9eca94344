package dev.stowage.packager.compile;

import dev.stowage.packager.message.SharedMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Builds the bindings of all targets, several at a time: the largest crate of a core occupies one
 * processor for a minute, and meanwhile the other processors compile the next target.
 */
final class ParallelJobs {
  private static final long PATIENCE_SECONDS = 30;

  /** Few jobs, because each compiler itself uses several processors. */
  private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);

  private ParallelJobs() {}

  /**
   * Runs all jobs. The first failure ends the compilers of the others and is thrown.
   *
   * @return the libraries in the order of the jobs
   */
  static List<CompiledLibrary> run(List<Callable<List<CompiledLibrary>>> jobs) {
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, ParallelJobs::thread);
    try {
      CompletionService<List<CompiledLibrary>> running = new ExecutorCompletionService<>(pool);
      List<Future<List<CompiledLibrary>>> results = jobs.stream().map(running::submit).toList();
      for (int i = 0; i < jobs.size(); i++) {
        running.take().get();
      }
      List<CompiledLibrary> built = new ArrayList<>();
      for (Future<List<CompiledLibrary>> result : results) {
        built.addAll(result.get());
      }
      return built;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SharedMessages.interrupted("the build");
    } finally {
      end(pool);
    }
  }

  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }

  /** Interrupts the running jobs; each one kills its compiler and removes its scratch directory. */
  private static void end(ExecutorService pool) {
    pool.shutdownNow();
    try {
      pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "stowage-build");
    thread.setDaemon(true);
    return thread;
  }
}
