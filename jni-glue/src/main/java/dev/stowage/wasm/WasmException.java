package dev.stowage.wasm;

/**
 * What went wrong in a call of this library, as a {@link Code} for programs and a sentence for
 * people. The sentence comes from the core that found the fault.
 *
 * <p>Failures to load the native code are {@code dev.stowage.loader.StowageLinkError} instead.
 *
 * @since 0.1.0
 */
public final class WasmException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One code per concept, whichever core reports it.
   *
   * @since 0.1.0
   */
  public enum Code {
    /** A bug in native code: it panicked. The library stays usable; the text names the place. */
    PANIC,
    /** An argument is outside what the method documents. */
    INVALID_ARGUMENT,
    /** The instance or token was closed before. */
    CLOSED,
    /** The bytes are not a valid WebAssembly module. */
    INVALID_MODULE,
    /** The module imports something other than {@code host.call}. */
    MISSING_IMPORT,
    /** The module exports no function of that name. */
    UNKNOWN_EXPORT,
    /** Number or type of the arguments or results does not fit a call with 64-bit integers. */
    WRONG_ARGUMENTS,
    /** The module trapped, for example divided by zero. */
    TRAP,
    /** The call used up its fuel. */
    OUT_OF_FUEL,
    /** The module called {@code host.call}, and the instance was opened without a host function. */
    HOST,
    /**
     * The call would wait for itself: the host function called back into the instance that is
     * calling it.
     */
    BUSY,
    /** The module, its memories or its tables are larger than the limit that the text names. */
    TOO_LARGE,
    /**
     * The reference is not {@code host[:port]/repository[:tag][@digest]} nor {@code
     * oci:<directory>:<tag>}.
     */
    INVALID_REFERENCE,
    /** Registry, repository, tag or layout directory has no such artifact. */
    NOT_FOUND,
    /** The bytes received do not have the digest that the manifest promises. */
    DIGEST_MISMATCH,
    /** Fewer bytes came than the manifest promises. */
    TRUNCATED,
    /** The artifact is not a WebAssembly module in a form this library reads. */
    UNSUPPORTED,
    /** The pull was canceled through its token. */
    CANCELED,
    /** The registry could not be reached or answered with an error. */
    NETWORK,
    /** The file system refused; the text holds the path and the reason. */
    IO,
    /** Anything else; please report it. */
    INTERNAL
  }

  private final Code code;

  WasmException(Code code, String text) {
    super(text);
    this.code = code;
  }

  /** Returns the concept behind the text, never null. */
  public Code code() {
    return code;
  }
}
