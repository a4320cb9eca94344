package dev.stowage.wasm.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.wasm.RegistryOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.Arrays;

/** Turns the options of the command line into those of the library. */
final class ConnectionOptions {
  /** 1000 hours, the core's limit. */
  private static final long LONGEST_TIMEOUT_SECONDS = 3_600_000;

  private static final int LONGEST_PASSWORD = 64 * 1024;

  private ConnectionOptions() {}

  static RegistryOptions options(ParsedArguments arguments, ToolOutput output) throws IOException {
    RegistryOptions options = RegistryOptions.defaults();
    if (arguments.has(ToolOptions.ANONYMOUS)) {
      options = options.withAnonymous();
    }
    if (arguments.has(ToolOptions.DOCKER_CONFIG)) {
      options = options.withDockerConfig(arguments.file(ToolOptions.DOCKER_CONFIG));
    }
    if (arguments.has(ToolOptions.PLAIN_HTTP)) {
      options =
          options.withPlainHttpFor(arguments.values(ToolOptions.PLAIN_HTTP).toArray(new String[0]));
    }
    if (arguments.has(ToolOptions.PROXY)) {
      options = proxy(options, arguments);
    }
    if (arguments.has(ToolOptions.CA_FILE)) {
      options = options.withCaFile(arguments.file(ToolOptions.CA_FILE));
    }
    if (arguments.has(ToolOptions.PLATFORM)) {
      options = options.withPlatform(arguments.value(ToolOptions.PLATFORM));
    }
    return limits(credentials(options, arguments, output), arguments);
  }

  private static RegistryOptions limits(RegistryOptions options, ParsedArguments arguments) {
    RegistryOptions limited = options;
    if (arguments.has(ToolOptions.TIMEOUT)) {
      limited = limited.withTimeout(timeout(arguments));
    }
    if (arguments.has(ToolOptions.RETRIES)) {
      limited = limited.withRetries((int) arguments.number(ToolOptions.RETRIES, 0, 10));
    }
    if (arguments.has(ToolOptions.MAX_BYTES)) {
      limited = limited.withMaxBytes(arguments.number(ToolOptions.MAX_BYTES, 1, 1L << 62));
    }
    return limited;
  }

  static Duration timeout(ParsedArguments arguments) {
    return Duration.ofSeconds(arguments.number(ToolOptions.TIMEOUT, 1, LONGEST_TIMEOUT_SECONDS));
  }

  private static RegistryOptions proxy(RegistryOptions options, ParsedArguments arguments) {
    String proxy = arguments.value(ToolOptions.PROXY);
    if (proxy.equals("none")) {
      return options.withoutProxy();
    }
    try {
      return options.withProxy(new URI(proxy));
    } catch (URISyntaxException e) {
      throw new UsageException(UsageMessages.noProxy(arguments.command()));
    }
  }

  private static RegistryOptions credentials(
      RegistryOptions options, ParsedArguments arguments, ToolOutput output) throws IOException {
    if (arguments.has(ToolOptions.USERNAME) != arguments.has(ToolOptions.PASSWORD)
        || (arguments.has(ToolOptions.USERNAME) && arguments.has(ToolOptions.ANONYMOUS))) {
      throw new UsageException(UsageMessages.credentials(arguments.command()));
    }
    if (!arguments.has(ToolOptions.USERNAME)) {
      return options;
    }
    char[] password = password(arguments, output.in);
    return options.withCredentials(arguments.value(ToolOptions.USERNAME), password::clone);
  }

  /**
   * Reads the whole stream, without an end of line at its end. Never as a String, which cannot be
   * overwritten.
   */
  private static char[] password(ParsedArguments arguments, InputStream in) throws IOException {
    byte[] bytes = new byte[LONGEST_PASSWORD];
    int length = 0;
    for (int read = 0; read >= 0 && length < bytes.length; length += Math.max(read, 0)) {
      read = in.read(bytes, length, bytes.length - length);
    }
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
      length--;
    }
    try {
      CharBuffer chars = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      char[] password = Arrays.copyOf(chars.array(), chars.length());
      Arrays.fill(chars.array(), '\0');
      return password;
    } catch (CharacterCodingException e) {
      throw new UsageException(UsageMessages.passwordEncoding(arguments.command()));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
