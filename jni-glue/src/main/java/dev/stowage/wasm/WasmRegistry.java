package dev.stowage.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.loader.StowageLinkError;
import dev.stowage.wasm.internal.GoNative;
import dev.stowage.wasm.internal.OptionsRecord;
import dev.stowage.wasm.internal.RecordReader;
import dev.stowage.wasm.internal.Utf8;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Moves WebAssembly modules between files, OCI registries and OCI image layout directories. It uses
 * the Go core, which the first call loads.
 *
 * <p>A reference is {@code host[:port]/repository[:tag][@sha256:...]} for a registry, tag {@code
 * latest} if it has neither tag nor digest, or {@code oci:<directory>:<tag>} for a layout.
 *
 * <pre>{@code
 * Path dir = Files.createTempDirectory("modules");
 * Path module = Files.write(dir.resolve("module.wasm"), calculator);
 * RegistryOptions options = RegistryOptions.defaults().withTimeout(Duration.ofMinutes(1));
 * WasmRegistry.push(module, "oci:" + dir + ":v1", options);
 * System.out.println(WasmRegistry.tags("oci:" + dir, options)); // [v1]
 * Artifact pulled = WasmRegistry.pull("oci:" + dir + ":v1", dir.resolve("pulled.wasm"), options);
 * System.out.println(pulled.moduleSize() == calculator.length); // true
 * }</pre>
 *
 * <p>All methods may be called from any thread. They block; those that end in {@code Async} run on
 * daemon threads of this library instead, and canceling their future cancels the work. An exception
 * of the progress listener is rethrown unchanged by the call, or is the cause in the future.
 *
 * <p>All throw {@link WasmException}: {@code INVALID_ARGUMENT} for an option out of range, for text
 * that holds a lone surrogate or is empty, and for a path outside of the default file system;
 * {@code INVALID_REFERENCE}; {@code NOT_FOUND}; {@code UNAUTHORIZED} and {@code FORBIDDEN} (401 and
 * 403); {@code NETWORK}; {@code TIMEOUT}; {@code CANCELED}; {@code CLOSED} for the token; {@code
 * IO}. A null argument is a {@link NullPointerException}.
 *
 * <p>The first call loads the native code. If that fails, it and each later call throw the same
 * {@link StowageLinkError}; its id {@code STOW-nn} is explained in {@code docs/troubleshooting.md}.
 *
 * @since 0.1.0
 */
public final class WasmRegistry {
  private WasmRegistry() {}

  /**
   * Pulls a module into a file. The file is written only when its content is complete and its
   * digest is checked; several threads or processes may pull into one file at once.
   *
   * @param file replaced if it exists; its directory must exist
   * @throws WasmException also {@code DIGEST_MISMATCH}, {@code TRUNCATED}, {@code UNSUPPORTED} if
   *     it is not a WebAssembly module in a layout that this library reads, {@code TOO_LARGE}
   */
  public static Artifact pull(String reference, Path file, RegistryOptions options) {
    byte[] from = Utf8.of("reference", reference);
    byte[] to = Utf8.path("file", file);
    return Artifact.read(
        call(options, (o, token) -> GoNative.pull(from, to, o, token, options.progress())));
  }

  /**
   * Pushes a module file to a registry, or into a layout directory, which is created if it does not
   * exist. The manifest is in the CNCF's layout and the same, byte for byte, for the same module.
   *
   * @param reference an existing tag is moved to this module
   * @throws WasmException also {@code UNSUPPORTED} if the file is not a module, {@code TOO_LARGE}
   */
  public static Artifact push(Path file, String reference, RegistryOptions options) {
    byte[] from = Utf8.path("file", file);
    byte[] to = Utf8.of("reference", reference);
    return Artifact.read(
        call(options, (o, token) -> GoNative.push(from, to, o, token, options.progress())));
  }

  /**
   * Returns what a reference points to now; transfers only the manifest. For an index, the result
   * describes the manifest of the platform in the options, or without one the index itself.
   *
   * @throws WasmException also {@code DIGEST_MISMATCH}
   */
  public static Artifact resolve(String reference, RegistryOptions options) {
    byte[] what = Utf8.of("reference", reference);
    return Artifact.read(call(options, (o, token) -> GoNative.resolve(what, o, token)));
  }

  /**
   * Lists the tags of a repository, sorted; the list cannot be changed.
   *
   * @param repository {@code host[:port]/repository} or {@code oci:<directory>}, without tag and
   *     digest
   */
  public static List<String> tags(String repository, RegistryOptions options) {
    byte[] what = Utf8.of("repository", repository);
    RecordReader in =
        new RecordReader(
            "the list of tags", call(options, (o, token) -> GoNative.tags(what, o, token)));
    List<String> tags = in.list(RecordReader::str);
    in.end();
    return tags;
  }

  /**
   * Copies an artifact from a registry or layout to another one, with the same digest. An index is
   * copied with all its manifests, unless the options select a platform.
   *
   * @param to an existing tag is moved to the copy
   * @throws WasmException also {@code DIGEST_MISMATCH}, {@code TRUNCATED}, {@code TOO_LARGE}
   */
  public static Artifact copy(String from, String to, RegistryOptions options) {
    byte[] source = Utf8.of("source reference", from);
    byte[] target = Utf8.of("target reference", to);
    return Artifact.read(
        call(options, (o, token) -> GoNative.copy(source, target, o, token, options.progress())));
  }

  /** {@link #pull} on another thread. */
  public static CompletableFuture<Artifact> pullAsync(
      String reference, Path file, RegistryOptions options) {
    return async(options, canceling -> pull(reference, file, canceling));
  }

  /** {@link #push} on another thread. */
  public static CompletableFuture<Artifact> pushAsync(
      Path file, String reference, RegistryOptions options) {
    return async(options, canceling -> push(file, reference, canceling));
  }

  /** {@link #resolve} on another thread. */
  public static CompletableFuture<Artifact> resolveAsync(
      String reference, RegistryOptions options) {
    return async(options, canceling -> resolve(reference, canceling));
  }

  /** {@link #tags} on another thread. */
  public static CompletableFuture<List<String>> tagsAsync(
      String repository, RegistryOptions options) {
    return async(options, canceling -> tags(repository, canceling));
  }

  /** {@link #copy} on another thread. */
  public static CompletableFuture<Artifact> copyAsync(
      String from, String to, RegistryOptions options) {
    return async(options, canceling -> copy(from, to, canceling));
  }

  private interface Call {
    byte[] with(byte[] options, long token);
  }

  private static byte[] call(RegistryOptions options, Call call) {
    CancelToken token = options.cancelToken();
    GoNative.require(WasmRegistry.class);
    byte[] encoded = options.encode();
    try {
      return call.with(encoded, token == null ? 0 : token.go());
    } finally {
      OptionsRecord.clear(encoded);
    }
  }

  private static <T> CompletableFuture<T> async(
      RegistryOptions options, Function<RegistryOptions, T> body) {
    return CancelToken.runAsync(
        null, options.cancelToken(), token -> body.apply(options.withCancelToken(token)));
  }

  /**
   * Returns the version that the Go core was built with.
   *
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static String version() {
    GoNative.require(WasmRegistry.class);
    return new String(GoNative.version(), UTF_8);
  }

  /**
   * Returns the number of tokens not yet closed in this process; for tests and monitoring.
   *
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static long liveHandles() {
    GoNative.require(WasmRegistry.class);
    return GoNative.liveHandles();
  }

  /**
   * Returns the bytes the Go core holds in tokens and in buffers on their way to Java.
   *
   * @throws StowageLinkError {@code STOW-nn} if the native code cannot be loaded
   */
  public static long nativeBytes() {
    GoNative.require(WasmRegistry.class);
    return GoNative.nativeBytes();
  }
}
