package dev.stowage.wasm;

/** What each core calls a token. */
enum TokenCore {
  /** Loaded by its first token. */
  GO {
    @Override
    long open() {
      GoNative.require();
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
