package dev.stowage.testing.registry;

import dev.stowage.testing.ChildProcess;
import dev.stowage.testing.Requirement;
import dev.stowage.testing.RunningChild;
import dev.stowage.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian's docker-registry (the CNCF's distribution) on a free loopback port, with its storage in a
 * directory of the test.
 */
public final class DockerRegistry implements AutoCloseable {
  /** The only user of a registry with an htpasswd file. */
  public static final String USERNAME = "stevedore";

  /** The password of {@link #USERNAME}. */
  public static final String PASSWORD = "dock&ship";

  /** Made with {@code htpasswd -nbB stevedore 'dock&ship'}. */
  private static final String HTPASSWD =
      "stevedore:$2y$05$NVam6j5mf5OWl9HM1RlUlO6AEoYFOhK2CwB2r453QWcDOXLyRAGBW\n";

  private static final String PROGRAM = "docker-registry";
  private static final Pattern LISTENING = Pattern.compile("listening on [^\"]*:(\\d+)");

  private final RunningChild process;
  private final String port;

  private DockerRegistry(RunningChild process) {
    this.process = process;
    process.awaitOutput("listening on ");
    Matcher listening = LISTENING.matcher(process.output());
    if (!listening.find()) {
      throw new AssertionError(process.output());
    }
    port = listening.group(1);
  }

  /** Skips the calling test if the program is not installed, or fails it in CI. */
  public static void assumeInstalled() {
    Requirement.REGISTRY.assumeProgram(PROGRAM, "apt-get install " + PROGRAM);
  }

  /** Starts a registry without authentication, with plain HTTP. */
  public static DockerRegistry start() throws IOException {
    return start(SharedFiles.directory("registry"), false, null);
  }

  /**
   * Starts a registry.
   *
   * @param auth whether it requires {@link #USERNAME} and {@link #PASSWORD}
   * @param certificate certificate for TLS, or null for plain HTTP
   */
  public static DockerRegistry start(Path directory, boolean auth, TestCertificate certificate)
      throws IOException {
    assumeInstalled();
    String config = "version: 0.1\nlog:\n  level: info\nstorage:\n  filesystem:\n";
    config += "    rootdirectory: " + directory.resolve("storage") + "\n";
    config += "http:\n  addr: 127.0.0.1:0\n";
    if (certificate != null) {
      config += "  tls:\n    certificate: " + certificate.chain() + "\n";
      config += "    key: " + certificate.key() + "\n";
    }
    if (auth) {
      Path users = Files.writeString(directory.resolve("htpasswd"), HTPASSWD);
      config += "auth:\n  htpasswd:\n    realm: test\n    path: " + users + "\n";
    }
    Path file = Files.writeString(directory.resolve("config.yml"), config);
    return new DockerRegistry(ChildProcess.program(PROGRAM, "serve", file.toString()).start());
  }

  /** Returns a reference in this registry. */
  public String reference(String rest) {
    return "127.0.0.1:" + port + "/" + rest;
  }

  @Override
  public void close() {
    process.signal("TERM");
    process.await();
  }
}
