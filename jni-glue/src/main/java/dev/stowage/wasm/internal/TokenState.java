package dev.stowage.wasm.internal;

import dev.stowage.wasm.WasmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The state of a {@code CancelToken}. It is a separate object, so that {@link Reclaimer} can free
 * it after the token itself was dropped. No state takes another's lock while it holds its own.
 */
public final class TokenState {
  /** Handles by core; 0 in a core that has not needed one. */
  private final long[] handles = new long[TokenCore.values().length];

  private final Set<TokenState> followers =
      Collections.newSetFromMap(new IdentityHashMap<TokenState, Boolean>());
  private TokenState followed;
  private Reclaimer.Entry net;
  private boolean canceled;
  private boolean closed;

  /** Whether it was canceled before it was closed. */
  public synchronized boolean isCanceled() {
    return canceled;
  }

  /**
   * Returns the handle in a core, opened on first use.
   *
   * @param owner the token of this state
   * @throws WasmException {@code CLOSED}
   */
  public synchronized long handle(Object owner, TokenCore core) {
    if (closed) {
      throw WasmErrors.tokenClosed();
    }
    int index = core.ordinal();
    if (handles[index] == 0) {
      handles[index] = core.open();
      if (net == null) {
        net = Reclaimer.register(owner, this::free);
      }
      if (canceled) {
        core.cancel(handles[index]);
      }
    }
    return handles[index];
  }

  /** Cancels what uses the token, and its followers; does nothing if it is closed. */
  public void cancel() {
    List<TokenState> also;
    synchronized (this) {
      if (closed || canceled) {
        return;
      }
      canceled = true;
      for (TokenCore core : TokenCore.values()) {
        if (handles[core.ordinal()] != 0) {
          core.cancel(handles[core.ordinal()]);
        }
      }
      also = new ArrayList<TokenState>(followers);
    }
    for (TokenState follower : also) {
      follower.cancel();
    }
  }

  /**
   * Makes this state follow another until it is closed.
   *
   * @throws WasmException {@code CLOSED} if the other is closed
   */
  public void follow(TokenState other) {
    if (other.admit(this)) {
      cancel();
    }
    synchronized (this) {
      followed = other;
    }
  }

  /** Frees the handles; closing again does nothing. */
  public void close() {
    free();
    Reclaimer.Entry entry;
    synchronized (this) {
      entry = net;
    }
    if (entry != null) {
      entry.close();
    }
  }

  /** Adds a follower; returns whether this state is canceled already. */
  private synchronized boolean admit(TokenState follower) {
    if (closed) {
      throw WasmErrors.tokenClosed();
    }
    followers.add(follower);
    return canceled;
  }

  private void free() {
    TokenState leader;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      for (TokenCore core : TokenCore.values()) {
        if (handles[core.ordinal()] != 0) {
          core.close(handles[core.ordinal()]);
        }
      }
      followers.clear();
      leader = followed;
    }
    if (leader != null) {
      leader.dismiss(this);
    }
  }

  private synchronized void dismiss(TokenState follower) {
    followers.remove(follower);
  }
}
