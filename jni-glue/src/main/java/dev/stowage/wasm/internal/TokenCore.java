package dev.stowage.wasm.internal;

import dev.stowage.wasm.CancelToken;

/** The cores that have tokens. The first token of a core loads it, unless it was loaded before. */
public enum TokenCore {
  /** Its tokens cancel calls. */
  RUST {
    @Override
    long open() {
      RustNative.require(CancelToken.class);
      return RustNative.tokenOpen();
    }

    @Override
    void cancel(long token) {
      RustNative.tokenCancel(token);
    }

    @Override
    void close(long token) {
      RustNative.tokenClose(token);
    }
  },

  /** Its tokens cancel transfers. */
  GO {
    @Override
    long open() {
      GoNative.require(CancelToken.class);
      return GoNative.tokenOpen();
    }

    @Override
    void cancel(long token) {
      GoNative.tokenCancel(token);
    }

    @Override
    void close(long token) {
      GoNative.tokenClose(token);
    }
  };

  abstract long open();

  abstract void cancel(long token);

  abstract void close(long token);
}
