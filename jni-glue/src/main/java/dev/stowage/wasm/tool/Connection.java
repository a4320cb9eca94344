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

/** Makes the options of the library of those of the command line. */
final class Connection {
  /** 1000 hours, as the core. */
  private static final long LONGEST_TIMEOUT_SECONDS = 3_600_000;

  private static final int LONGEST_PASSWORD = 64 * 1024;

  private Connection() {}

  static RegistryOptions options(Arguments arguments, Output output) throws IOException {
    RegistryOptions options = RegistryOptions.defaults();
    if (arguments.has(Options.ANONYMOUS)) {
      options = options.withAnonymous();
    }
    if (arguments.has(Options.DOCKER_CONFIG)) {
      options = options.withDockerConfig(arguments.file(Options.DOCKER_CONFIG));
    }
    if (arguments.has(Options.PLAIN_HTTP)) {
      options =
          options.withPlainHttpFor(arguments.values(Options.PLAIN_HTTP).toArray(new String[0]));
    }
    if (arguments.has(Options.PROXY)) {
      options = proxy(options, arguments);
    }
    if (arguments.has(Options.CA_FILE)) {
      options = options.withCaFile(arguments.file(Options.CA_FILE));
    }
    if (arguments.has(Options.PLATFORM)) {
      options = options.withPlatform(arguments.value(Options.PLATFORM));
    }
    return limits(credentials(options, arguments, output), arguments);
  }

  private static RegistryOptions limits(RegistryOptions options, Arguments arguments) {
    RegistryOptions limited = options;
    if (arguments.has(Options.TIMEOUT)) {
      limited = limited.withTimeout(timeout(arguments));
    }
    if (arguments.has(Options.RETRIES)) {
      limited = limited.withRetries((int) arguments.number(Options.RETRIES, 0, 10));
    }
    if (arguments.has(Options.MAX_BYTES)) {
      limited = limited.withMaxBytes(arguments.number(Options.MAX_BYTES, 1, 1L << 62));
    }
    return limited;
  }

  static Duration timeout(Arguments arguments) {
    return Duration.ofSeconds(arguments.number(Options.TIMEOUT, 1, LONGEST_TIMEOUT_SECONDS));
  }

  private static RegistryOptions proxy(RegistryOptions options, Arguments arguments) {
    String proxy = arguments.value(Options.PROXY);
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
      RegistryOptions options, Arguments arguments, Output output) throws IOException {
    if (arguments.has(Options.USERNAME) != arguments.has(Options.PASSWORD)
        || (arguments.has(Options.USERNAME) && arguments.has(Options.ANONYMOUS))) {
      throw new UsageException(UsageMessages.credentials(arguments.command()));
    }
    if (!arguments.has(Options.USERNAME)) {
      return options;
    }
    char[] password = password(arguments, output.in);
    return options.withCredentials(arguments.value(Options.USERNAME), password::clone);
  }

  /** All of the stream but an end of line at its end; never as a String, which nobody can clear. */
  private static char[] password(Arguments arguments, InputStream in) throws IOException {
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
