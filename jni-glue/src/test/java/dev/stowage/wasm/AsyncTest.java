package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.CLOSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stowage.wasm.fixture.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class AsyncTest {
  @Test
  void runsOnDaemonsThatEndWhenIdle() {
    Thread thread = CancelToken.runAsync(null, null, token -> Thread.currentThread()).join();
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getName()).isEqualTo("stowage-async");
    Eventually.until(() -> !thread.isAlive());
  }

  @Test
  void bodiesSeeTheContextClassLoaderOfTheCaller() {
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    ClassLoader mine = new ClassLoader(before) {};
    current.setContextClassLoader(mine);
    try {
      CompletableFuture<Thread> future =
          CancelToken.runAsync(
              null,
              null,
              token -> {
                assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(mine);
                return Thread.currentThread();
              });
      Thread worker = future.join();
      Eventually.until(() -> worker.getContextClassLoader() == null);
    } finally {
      current.setContextClassLoader(before);
    }
  }

  @Test
  void usesTheExecutorGiven() {
    List<Runnable> tasks = new ArrayList<>();
    CompletableFuture<Integer> future = CancelToken.runAsync(tasks::add, null, token -> 7);
    assertThat(future).isNotDone();
    tasks.get(0).run();
    assertThat(future).isCompletedWithValue(7);
  }

  @Test
  void executorThatRefusesFailsTheFuture() {
    RejectedExecutionException full = new RejectedExecutionException("full");
    CompletableFuture<Integer> future =
        CancelToken.runAsync(
            task -> {
              throw full;
            },
            null,
            token -> 7);
    assertThatThrownBy(future::join).isInstanceOf(CompletionException.class).hasCause(full);
  }

  @Test
  void whatTheBodyThrowsIsTheCauseItself() {
    Error thrown = new StackOverflowError();
    CompletableFuture<Object> future =
        CancelToken.runAsync(
            null,
            null,
            token -> {
              throw thrown;
            });
    assertThat(catchThrowable(future::join).getCause()).isSameAs(thrown);
  }

  @Test
  void cancelReachesTheBody() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    CompletableFuture<Void> future =
        CancelToken.runAsync(
            null,
            null,
            token -> {
              begun.countDown();
              waitFor(token);
              ended.countDown();
              return null;
            });
    begun.await();
    assertThat(future.cancel(true)).isTrue();
    assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
    ended.await();
    assertThat(future.cancel(true)).as("stays canceled").isTrue();
  }

  @Test
  void cancelBeforeStartRunsNothing() {
    List<Runnable> tasks = new ArrayList<>();
    List<String> ran = new ArrayList<>();
    CompletableFuture<Boolean> future =
        CancelToken.runAsync(tasks::add, null, token -> ran.add("body"));
    assertThat(future.cancel(false)).isTrue();
    tasks.get(0).run();
    assertThat(ran).isEmpty();
  }

  @Test
  void cancelAfterTheEndChangesNothing() {
    CompletableFuture<Integer> future = CancelToken.runAsync(Runnable::run, null, token -> 7);
    assertThat(future.cancel(true)).isFalse();
    assertThat(future.join()).isEqualTo(7);
  }

  @Test
  void tokenOfTheCallerReachesTheBodyAndOutlivesIt() {
    try (CancelToken token = CancelToken.open()) {
      CompletableFuture<Boolean> future =
          CancelToken.runAsync(
              null,
              token,
              mine -> {
                assertThat(mine).isNotSameAs(token);
                waitFor(mine);
                return true;
              });
      token.cancel();
      assertThat(future.join()).isTrue();
      assertThat(CancelToken.runAsync(null, token, CancelToken::isCanceled).join()).isTrue();
    }
  }

  @Test
  void cancelOfOneFutureLeavesTheOthersOfATokenAlone() {
    try (CancelToken token = CancelToken.open()) {
      CountDownLatch goOn = new CountDownLatch(1);
      CompletableFuture<Boolean> other =
          CancelToken.runAsync(
              null,
              token,
              mine -> {
                Eventually.until(() -> goOn.getCount() == 0);
                return mine.isCanceled();
              });
      CompletableFuture<Object> one =
          CancelToken.runAsync(
              null,
              token,
              mine -> {
                waitFor(mine);
                return null;
              });
      one.cancel(true);
      goOn.countDown();
      assertThat(other.join()).isFalse();
    }
  }

  @Test
  void closedTokenFailsTheFuture() {
    CancelToken token = CancelToken.open();
    token.close();
    CompletableFuture<Integer> future = CancelToken.runAsync(Runnable::run, token, mine -> 7);
    Fails.with(
            CLOSED,
            () -> {
              throw catchThrowable(future::join).getCause();
            })
        .contains("cancel token");
  }

  private static void waitFor(CancelToken token) {
    Eventually.until(token::isCanceled);
  }
}
