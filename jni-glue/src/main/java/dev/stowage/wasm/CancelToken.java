package dev.stowage.wasm;

import dev.stowage.wasm.WasmException.Code;

/**
 * Stops calls and transfers from another thread, or before they start. One token may serve several,
 * in both cores.
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
   * Makes what runs with this token end with {@code CANCELED}, and what begins with it later, too;
   * this cannot be taken back. Does nothing on a closed token: who cancels cannot know that the
   * call ended a moment ago.
   */
  public void cancel() {
    state.cancel();
  }

  /** Whether {@link #cancel} was called before {@link #close}. */
  public boolean isCanceled() {
    return state.isCanceled();
  }

  /**
   * Frees the token. What runs with it goes on and can no longer be canceled; what begins with a
   * closed token is refused with {@code CLOSED}. Closing again does nothing.
   */
  @Override
  public void close() {
    state.close();
  }

  /** The token in the Rust core, made on first use. */
  long rust() {
    return state.handle(this, TokenCore.RUST);
  }

  /** The token in the Go core, made on first use: who never pulls never starts Go. */
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

  static WasmException closed() {
    return new WasmException(Code.CLOSED, Messages.tokenClosed());
  }
}
