package dev.stowage.it.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian's docker-registry (the CNCF's distribution) on a free port of loopback, for everyone; its
 * storage is a directory of the test.
 */
public final class Registry implements AutoCloseable {
  private static final String PROGRAM = "docker-registry";
  private static final Pattern LISTENING = Pattern.compile("listening on [^\"]*:(\\d+)");

  private final Running running;
  private final String port;

  /** Starts one. Skips the test where the program is not installed, unless it has to be. */
  public Registry() {
    assumeInstalled();
    Path directory = Lab.directory("registry");
    String config =
        String.join(
            "\n",
            "version: 0.1",
            "storage:",
            "  filesystem:",
            "    rootdirectory: " + directory.resolve("storage"),
            "http:",
            "  addr: 127.0.0.1:0",
            "");
    try {
      Path file = Files.writeString(directory.resolve("config.yml"), config);
      running = Child.program(PROGRAM, "serve", file.toString()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    running.awaitOutput("listening on ");
    Matcher listening = LISTENING.matcher(running.output());
    if (!listening.find()) {
      throw new AssertionError(running.output());
    }
    port = listening.group(1);
  }

  private static void assumeInstalled() {
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, PROGRAM)));
    String missing = PROGRAM + " is not on PATH; install it: apt-get install " + PROGRAM;
    if (!installed && "1".equals(System.getenv("STOWAGE_REQUIRE_REGISTRY"))) {
      throw new AssertionError(missing);
    }
    assumeTrue(installed, missing);
  }

  /** Reference to something in it. */
  public String reference(String rest) {
    return "127.0.0.1:" + port + "/" + rest;
  }

  @Override
  public void close() {
    running.signal("TERM");
    running.await();
  }
}
