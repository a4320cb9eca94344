package dev.stowage.wasm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What a {@link CancelToken} is made of, apart from it, so that it can be freed when the token was
 * dropped. No lock is held while another state's is taken.
 */
final class TokenState {
  /** By core; 0 where none was needed yet. */
  private final long[] handles = new long[TokenCore.values().length];

  private final Set<TokenState> followers =
      Collections.newSetFromMap(new IdentityHashMap<TokenState, Boolean>());
  private TokenState followed;
  private Reclaimer.Entry net;
  private boolean canceled;
  private boolean closed;

  synchronized boolean isCanceled() {
    return canceled;
  }

  /** The handle in a core, opened on first use. {@code owner} is the token of this state. */
  synchronized long handle(CancelToken owner, TokenCore core) {
    if (closed) {
      throw CancelToken.closed();
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

  void cancel() {
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

  void follow(TokenState other) {
    if (other.admit(this)) {
      cancel();
    }
    synchronized (this) {
      followed = other;
    }
  }

  void close() {
    free();
    Reclaimer.Entry entry;
    synchronized (this) {
      entry = net;
    }
    if (entry != null) {
      entry.close();
    }
  }

  /** Whether this one is canceled already. */
  private synchronized boolean admit(TokenState follower) {
    if (closed) {
      throw CancelToken.closed();
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
