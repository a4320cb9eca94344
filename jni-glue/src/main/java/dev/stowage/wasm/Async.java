package dev.stowage.wasm;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Runs blocking calls on other threads, as futures whose {@code cancel} reaches the native side.
 *
 * <p>Not on the common pool, whose few threads must not block. Own threads are daemons, made when
 * needed, and end after {@link #IDLE_MILLIS} without work: a web application can be undeployed.
 */
final class Async {
  static final long IDLE_MILLIS = 1000;

  static final String THREAD = "stowage-async";

  private static final Executor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_MILLIS,
          TimeUnit.MILLISECONDS,
          new SynchronousQueue<Runnable>(),
          Async::thread);

  private Async() {}

  /**
   * Runs {@code body} with a token of its own, which is canceled when the future or {@code token}
   * is.
   *
   * @param executor null for own threads
   * @param token null for none
   * @return completes with what {@code body} returns or throws, unwrapped; after its own {@code
   *     cancel} with {@code CancellationException}, at once, while the native call ends soon after
   */
  static <T> CompletableFuture<T> run(
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
    // It outlives the call that made it; see Task.run for whose it has while it works.
    thread.setContextClassLoader(null);
    return thread;
  }

  private static final class Task<T> implements Runnable {
    private final CancelToken own = CancelToken.open();
    private final Future<T> future = new Future<T>(own);
    private final ClassLoader context = Thread.currentThread().getContextClassLoader();
    private final CancelToken token;
    private final Function<CancelToken, T> body;

    Task(CancelToken token, Function<CancelToken, T> body) {
      this.token = token;
      this.body = body;
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
      try (CancelToken mine = own) {
        if (token != null) {
          mine.follow(token);
        }
        result = body.apply(mine);
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
