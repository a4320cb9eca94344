package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.loader.StowageLinkError;
import java.nio.file.Path;

/**
 * Moves WebAssembly modules to and from OCI registries and OCI image layout directories. Done by
 * the Go core, which the first call loads.
 *
 * <p>All methods may be called from any thread. The first call loads the native code. If that
 * fails, it and each later call throw the same {@link StowageLinkError}; its id {@code STOW-nn} is
 * explained in {@code docs/troubleshooting.md}.
 *
 * @since 0.1.0
 */
public final class WasmRegistry {
  private WasmRegistry() {}

  /**
   * Pulls a module into a file. The file appears whole, with its digest checked, or not at all.
   *
   * @param reference {@code host[:port]/repository[:tag][@sha256:...]}, plain HTTP only for
   *     loopback hosts; or {@code oci:<directory>:<tag>}
   * @param file replaced if it exists; its directory must exist
   * @return the module's digest, {@code sha256:} and 64 hex digits
   * @throws WasmException {@code INVALID_REFERENCE}, {@code NOT_FOUND}, {@code DIGEST_MISMATCH},
   *     {@code TRUNCATED}, {@code UNSUPPORTED}, {@code CANCELED}, {@code NETWORK}, {@code IO},
   *     {@code CLOSED} for the token; {@code INVALID_ARGUMENT} if the reference is empty, if it or
   *     the path holds a lone surrogate, or if the path is not of the default file system; whatever
   *     the progress listener throws comes out unchanged
   * @throws NullPointerException if an argument is null
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static String pull(String reference, Path file, PullOptions options) {
    byte[] ref = Text.utf8("reference", reference);
    byte[] target = Text.path("file", file);
    CancelToken token = options.cancelToken();
    GoNative.require();
    byte[] digest = GoNative.pull(ref, target, token == null ? 0 : token.go(), options.progress());
    return new String(digest, UTF_8);
  }

  /**
   * Packs a module file as an OCI artifact into an image layout directory, which is made if it is
   * not there.
   *
   * @param tag replaced if the layout has it
   * @return the module's digest, {@code sha256:} and 64 hex digits
   * @throws WasmException {@code INVALID_REFERENCE} for the tag, {@code UNSUPPORTED} if the file is
   *     no module, {@code NOT_FOUND} if there is no such file, {@code IO}; {@code INVALID_ARGUMENT}
   *     if a path or the tag holds a lone surrogate, or if a path is not of the default file system
   * @throws NullPointerException if an argument is null
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static String pack(Path module, Path layoutDir, String tag) {
    byte[] source = Text.path("module", module);
    byte[] target = Text.path("layout directory", layoutDir);
    byte[] name = Text.utf8("tag", tag);
    GoNative.require();
    return new String(GoNative.pack(source, target, name), UTF_8);
  }

  /**
   * Returns the version of the Go core, as it was built.
   *
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static String version() {
    GoNative.require();
    return new String(GoNative.version(), UTF_8);
  }

  /**
   * Returns the number of tokens not yet closed in this process; for tests and monitoring.
   *
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static long liveHandles() {
    GoNative.require();
    return GoNative.liveHandles();
  }

  /**
   * Returns the bytes the Go core holds in tokens and in buffers on their way to Java.
   *
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static long nativeBytes() {
    GoNative.require();
    return GoNative.nativeBytes();
  }
}
