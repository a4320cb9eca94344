package dev.stowage.wasm;

/** The cores that have tokens; each is loaded by the first of them, if not before. */
enum TokenCore {
  /** The token of calls. */
  RUST {
    @Override
    long open() {
      RustNative.require();
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

  /** The token of transfers. */
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
