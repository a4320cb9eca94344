package dev.stowage.wasm;

/**
 * An error in a call of this library: a {@link Code} for programs and a sentence for people,
 * written by the core that found the error.
 *
 * <p>Failures to load the native code are {@code dev.stowage.loader.StowageLinkError} instead.
 *
 * @since 0.1.0
 */
public final class WasmException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * The kinds of errors; both cores use the same ones.
   *
   * @since 0.1.0
   */
  public enum Code {
    /** A bug in native code: it panicked. The library stays usable; the text names the place. */
    PANIC,
    /** An argument is outside the documented range. */
    INVALID_ARGUMENT,
    /** The instance or token is closed. */
    CLOSED,
    /** The bytes are not a valid WebAssembly module. */
    INVALID_MODULE,
    /** The module imports something that the options do not offer, or of another type. */
    MISSING_IMPORT,
    /** The module exports nothing of that kind and name. */
    UNKNOWN_EXPORT,
    /** Number or type of the arguments or results does not match the function or global. */
    WRONG_ARGUMENTS,
    /** The module trapped, for example divided by zero. */
    TRAP,
    /** The call used up its fuel. */
    OUT_OF_FUEL,
    /**
     * A callback of a native caller failed. An exception from a Java callback is rethrown unchanged
     * instead.
     */
    HOST,
    /**
     * The call would wait for itself: the host function called back into the instance that is
     * calling it.
     */
    BUSY,
    /** The module, its memories, its tables or a transfer exceed the limit that the text names. */
    TOO_LARGE,
    /** A WASI program ended itself outside {@code run}; the text has its exit code. */
    EXIT,
    /** The range lies outside the memory. */
    OUT_OF_BOUNDS,
    /** More nested calls than the instance allows. */
    CALL_DEPTH,
    /**
     * The reference is not {@code host[:port]/repository[:tag][@digest]} nor {@code
     * oci:<directory>:<tag>}.
     */
    INVALID_REFERENCE,
    /** Registry, repository, tag or layout directory has no such artifact. */
    NOT_FOUND,
    /** The bytes received do not have the digest that the manifest promises. */
    DIGEST_MISMATCH,
    /** Fewer bytes were received than the manifest states. */
    TRUNCATED,
    /** The artifact is not a WebAssembly module in a form this library reads. */
    UNSUPPORTED,
    /** The call or transfer was canceled through its token. */
    CANCELED,
    /** The registry requires credentials, or does not accept the given ones (HTTP 401). */
    UNAUTHORIZED,
    /** The registry accepts the credentials but forbids the operation (HTTP 403). */
    FORBIDDEN,
    /** The transfer took longer than its options allow. */
    TIMEOUT,
    /** The registry could not be reached or answered with an error. */
    NETWORK,
    /** An error of the file system; the text has the path and the reason. */
    IO,
    /** Anything else; please report it. */
    INTERNAL
  }

  private final Code code;

  /**
   * Creates an exception. This library throws its own; a host function may throw one, too, and
   * tests of error handling can create each.
   *
   * @param text a sentence for people
   */
  public WasmException(Code code, String text) {
    super(text);
    this.code = code;
  }

  /** Returns the kind of the error, never null. */
  public Code code() {
    return code;
  }
}
