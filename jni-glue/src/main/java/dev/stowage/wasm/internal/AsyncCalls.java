package dev.stowage.wasm.internal;

import dev.stowage.wasm.CancelToken;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Runs blocking calls on other threads and returns futures whose {@code cancel} stops the native
 * call.
 *
 * <p>The common pool is not used, because its few threads must not block. The threads of this class
 * are daemons, started when needed, and end after {@link #IDLE_MILLIS} without work, so that a web
 * application can be undeployed.
 */
public final class AsyncCalls {
  static final long IDLE_MILLIS = 1000;

  static final String THREAD = "stowage-async";

  private static final Executor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_MILLIS,
          TimeUnit.MILLISECONDS,
          new SynchronousQueue<Runnable>(),
          AsyncCalls::thread);

  private AsyncCalls() {}

  /**
   * Runs {@code body} on another thread.
   *
   * @param executor null for the threads of this class
   * @param token a new one, which is canceled when the future is, and closed after {@code body}
   * @return completes with what {@code body} returns or throws, unwrapped. After {@code cancel} it
   *     completes at once, with {@code CancellationException}; the native call ends soon after
   */
  public static <T> CompletableFuture<T> run(
      Executor executor, CancelToken token, Function<CancelToken, T> body) {
    Task<T> task = new Task<T>(token, body);
    try {
      (executor == null ? THREADS : executor).execute(task);
    } catch (RuntimeException | Error e) {
      task.future.completeExceptionally(e);
    }
    return task.future;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, THREAD);
    thread.setDaemon(true);
    // The thread outlives the call that started it. Task.run sets the class loader for the current
    // call.
    thread.setContextClassLoader(null);
    return thread;
  }

  private static final class Task<T> implements Runnable {
    private final CancelToken token;
    private final Function<CancelToken, T> body;
    private final Future<T> future;
    private final ClassLoader context = Thread.currentThread().getContextClassLoader();

    Task(CancelToken token, Function<CancelToken, T> body) {
      this.token = token;
      this.body = body;
      future = new Future<T>(token);
    }

    @Override
    public void run() {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(context);
      try {
        work();
      } finally {
        thread.setContextClassLoader(before);
      }
    }

    private void work() {
      if (future.isDone()) {
        return;
      }
      T result;
      try (CancelToken closed = token) {
        result = body.apply(closed);
      } catch (Throwable e) {
        future.completeExceptionally(e);
        return;
      }
      future.complete(result);
    }
  }

  private static final class Future<T> extends CompletableFuture<T> {
    private final CancelToken token;

    Future(CancelToken token) {
      this.token = token;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean canceled = super.cancel(mayInterruptIfRunning);
      if (canceled) {
        token.cancel();
      }
      return canceled;
    }
  }
}
