package dev.stowage.wasm;

import dev.stowage.wasm.internal.AsyncCalls;
import dev.stowage.wasm.internal.TokenCore;
import dev.stowage.wasm.internal.TokenState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Stops calls and transfers from another thread, or before they start. One token may be used for
 * several of them, in both cores.
 *
 * <pre>{@code
 * InstanceOptions options =
 *     InstanceOptions.defaults().withHost("host", "call", LongUnaryOperator.class, n -> 2 * n);
 * try (WasmInstance instance = WasmInstance.open(calculator, options);
 *     CancelToken token = CancelToken.open()) {
 *   ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
 *   timer.schedule(token::cancel, 100, TimeUnit.MILLISECONDS);
 *   try {
 *     instance.function("loop").withCancelToken(token).call();
 *   } catch (WasmException e) {
 *     System.out.println(e.code()); // CANCELED
 *   }
 *   timer.shutdown();
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread, also from a callback of the call to be stopped;
 * none waits for the end of a call. A token has native memory only in a core that it was used with,
 * and loads none by itself.
 *
 * @since 0.1.0
 */
public final class CancelToken implements AutoCloseable {
  private final TokenState state = new TokenState();

  private CancelToken() {}

  /** Returns a new token; {@link #close} frees it. */
  public static CancelToken open() {
    return new CancelToken();
  }

  /**
   * Ends every call that uses this token, running or later, with {@code CANCELED}; this cannot be
   * undone. Does nothing on a closed token, because the call may have ended a moment ago.
   */
  public void cancel() {
    state.cancel();
  }

  /** Whether {@link #cancel} was called before {@link #close}. */
  public boolean isCanceled() {
    return state.isCanceled();
  }

  /**
   * Frees the token. Calls that run with it continue and can no longer be canceled; calls that
   * begin with a closed token are refused with {@code CLOSED}. Closing again does nothing.
   */
  @Override
  public void close() {
    state.close();
  }

  /** Returns the token's handle in the Rust core, opened on first use. */
  long rust() {
    return state.handle(this, TokenCore.RUST);
  }

  /** Returns the token's handle in the Go core, opened on first use. */
  long go() {
    return state.handle(this, TokenCore.GO);
  }

  /**
   * Makes this token follow another until it is closed: it is canceled with it, not the reverse.
   *
   * @throws WasmException {@code CLOSED} if the other is closed
   */
  void follow(CancelToken other) {
    state.follow(other.state);
  }

  /**
   * Runs {@code body} on another thread with a new token, which is canceled when the returned
   * future or {@code token} is. If {@code token} is closed when the body is due, the future fails
   * with {@code CLOSED}.
   *
   * @param executor null for threads of this library
   * @param token null for none
   */
  static <T> CompletableFuture<T> runAsync(
      Executor executor, CancelToken token, Function<CancelToken, T> body) {
    return AsyncCalls.run(
        executor,
        open(),
        own -> {
          if (token != null) {
            own.follow(token);
          }
          return body.apply(own);
        });
  }
}
