package dev.stowage.wasm;

import dev.stowage.wasm.internal.OptionsRecord;
import dev.stowage.wasm.internal.Utf8;
import dev.stowage.wasm.internal.WasmErrors;
import dev.stowage.wasm.internal.WasmMessages;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The settings of registry requests and transfers. Immutable; each {@code with} method returns a
 * changed copy. Values out of range are refused with {@code INVALID_ARGUMENT} by the call that uses
 * them. Error texts use the core's names for options: {@code plain-http}, {@code ca-file}, {@code
 * timeout-ms} and so on.
 *
 * <p>Unless set otherwise: credentials come from Docker's configuration file and its credential
 * helpers, if there is one; proxies from the environment ({@code HTTPS_PROXY}, {@code NO_PROXY});
 * plain HTTP is allowed for loopback hosts only; the system's certificates are trusted; three
 * retries; at most 1 GiB; no time limit.
 *
 * @since 0.1.0
 */
public final class RegistryOptions {
  /** Value of settings that can be switched off. */
  private static final String NONE = "none";

  private static final RegistryOptions DEFAULTS =
      new RegistryOptions(Collections.<String, String>emptyMap(), null, null, null);

  /** By the keys of stowage_wasm_go.h; the password is not among them. */
  private final Map<String, String> settings;

  private final Supplier<char[]> password;
  private final TransferProgress progress;
  private final CancelToken cancelToken;

  private RegistryOptions(
      Map<String, String> settings,
      Supplier<char[]> password,
      TransferProgress progress,
      CancelToken cancelToken) {
    this.settings = settings;
    this.password = password;
    this.progress = progress;
    this.cancelToken = cancelToken;
  }

  /** Returns options with the default settings. */
  public static RegistryOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Sets the credentials; they replace those of Docker's configuration file.
   *
   * <p>The password is not kept here. Each call that uses these options calls {@code password}, on
   * the thread that does the work. The returned array belongs to that call, which overwrites it
   * with zeros before it returns: return a copy of an array that you keep.
   *
   * @param username not empty
   * @param password returns it, not empty; for example {@code () ->
   *     System.getenv("REGISTRY_PASSWORD").toCharArray()}
   */
  public RegistryOptions withCredentials(String username, Supplier<char[]> password) {
    Objects.requireNonNull(password, "password");
    return new RegistryOptions(
        changed("username", Objects.requireNonNull(username, "username")),
        password,
        progress,
        cancelToken);
  }

  /**
   * Sets Docker's configuration file, instead of {@code $DOCKER_CONFIG/config.json} or {@code
   * ~/.docker/config.json}. Its credential helpers are programs and are started.
   */
  public RegistryOptions withDockerConfig(Path file) {
    return with("docker-config", file(file));
  }

  /** Uses no credentials: Docker's configuration file is not read. */
  public RegistryOptions withAnonymous() {
    Map<String, String> rest = changed("docker-config", NONE);
    rest.remove("username");
    return new RegistryOptions(rest, null, progress, cancelToken);
  }

  /**
   * Allows plain HTTP for these hosts; loopback hosts need no permission.
   *
   * @param hosts names, or names with a port like {@code registry:5000}; replaces what was set
   *     before
   */
  public RegistryOptions withPlainHttpFor(String... hosts) {
    return with("plain-http", String.join(",", hosts));
  }

  /** Sets the proxy for all hosts but loopback, for example {@code http://proxy:3128}. */
  public RegistryOptions withProxy(URI proxy) {
    return with("proxy", proxy.toString());
  }

  /** Uses no proxy, even if the environment names one. */
  public RegistryOptions withoutProxy() {
    return with("proxy", NONE);
  }

  /** Trusts the certificates in this PEM file, too. */
  public RegistryOptions withCaFile(Path file) {
    return with("ca-file", file(file));
  }

  /**
   * Selects a manifest of an index; without it, the only one of a WebAssembly module.
   *
   * @param platform {@code os/architecture} or {@code os/architecture/variant}, for example {@code
   *     wasip1/wasm}
   */
  public RegistryOptions withPlatform(String platform) {
    return with("platform", platform);
  }

  /**
   * Limits the time of the whole call, which ends with {@code TIMEOUT}. A peer that sends nothing
   * ends it sooner, with the same code.
   *
   * @param timeout 1000 hours at most; counted in milliseconds, rounded up
   * @throws WasmException {@code INVALID_ARGUMENT} if it is zero, negative or above 292 million
   *     years
   */
  public RegistryOptions withTimeout(Duration timeout) {
    return with("timeout-ms", Long.toString(millis(timeout)));
  }

  /**
   * Sets how often a request is repeated after a cut connection or the answer 429 or 5xx.
   *
   * @param retries 0 to 10; 3 unless set
   */
  public RegistryOptions withRetries(int retries) {
    return with("retries", Integer.toString(retries));
  }

  /**
   * Limits the size of a module. A larger one is refused with {@code TOO_LARGE} before any byte of
   * it is transferred.
   *
   * @param bytes 1 to 2^62; 1 GiB unless set
   */
  public RegistryOptions withMaxBytes(long bytes) {
    return with("max-bytes", Long.toString(bytes));
  }

  /** Sets the listener for the progress of transfers. */
  public RegistryOptions withProgress(TransferProgress progress) {
    Objects.requireNonNull(progress, "progress");
    return new RegistryOptions(settings, password, progress, cancelToken);
  }

  /** Sets the token that can cancel the call. The caller closes it after the call. */
  public RegistryOptions withCancelToken(CancelToken cancelToken) {
    Objects.requireNonNull(cancelToken, "cancelToken");
    return new RegistryOptions(settings, password, progress, cancelToken);
  }

  /** Returns the listener, or null if none was set. */
  public TransferProgress progress() {
    return progress;
  }

  /** Returns the token, or null if none was set. */
  public CancelToken cancelToken() {
    return cancelToken;
  }

  /**
   * Encodes the options for the core. The caller clears the result after use, because it may
   * contain the password.
   */
  byte[] encode() {
    return OptionsRecord.of(settings, password);
  }

  private RegistryOptions with(String key, String value) {
    return new RegistryOptions(changed(key, value), password, progress, cancelToken);
  }

  private Map<String, String> changed(String key, String value) {
    Map<String, String> copy = new TreeMap<>(settings);
    copy.put(key, Objects.requireNonNull(value, key));
    return copy;
  }

  private static String file(Path file) {
    Objects.requireNonNull(file, "file");
    Utf8.path("file", file); // Refuses a path that the core cannot open.
    return file.toAbsolutePath().toString();
  }

  private static long millis(Duration timeout) {
    try {
      long millis = timeout.plusNanos(999_999).toMillis();
      if (millis > 0) {
        return millis;
      }
    } catch (ArithmeticException e) {
      // Reported below.
    }
    throw WasmErrors.invalid(WasmMessages.badTimeout(timeout));
  }
}
