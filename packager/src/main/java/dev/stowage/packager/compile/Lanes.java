package dev.stowage.packager.compile;

import dev.stowage.packager.message.Messages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs the bindings of all rows in lanes: one after the other in each, the lanes side by side, so
 * that they fill each other's pauses.
 */
final class Lanes {
  private static final long PATIENCE_SECONDS = 30;

  private Lanes() {}

  /**
   * One binding of one row.
   *
   * @param lane jobs of the same one run one after the other
   * @param work gives its libraries
   */
  record Job(String lane, Callable<List<Built>> work) {}

  /**
   * Runs all jobs. The first failure ends the compilers of the other lanes and is thrown.
   *
   * @return the libraries in the order of the jobs
   */
  static List<Built> run(List<Job> jobs) {
    List<List<Built>> results = new ArrayList<>();
    Map<String, List<Integer>> lanes = new LinkedHashMap<>();
    for (int i = 0; i < jobs.size(); i++) {
      results.add(List.of());
      lanes.computeIfAbsent(jobs.get(i).lane(), lane -> new ArrayList<>()).add(i);
    }
    ExecutorService pool = Executors.newCachedThreadPool(Lanes::thread);
    try {
      CompletionService<Void> running = new ExecutorCompletionService<>(pool);
      for (List<Integer> lane : lanes.values()) {
        running.submit(
            () -> {
              for (int index : lane) {
                results.set(index, jobs.get(index).work().call());
              }
              return null;
            });
      }
      for (int i = 0; i < lanes.size(); i++) {
        running.take().get();
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Messages.interrupted("the build");
    } finally {
      end(pool);
    }
    return results.stream().flatMap(List::stream).toList();
  }

  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }

  /** What is interrupted kills its compiler and removes its scratch directory. */
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
