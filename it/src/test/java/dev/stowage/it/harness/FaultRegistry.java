package dev.stowage.it.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry on loopback that serves one OCI image layout and spoils it on demand. The repository's
 * name says how; the tag is any. Path and answers after the OCI Distribution Specification 1.1.
 */
public final class FaultRegistry implements AutoCloseable {
  /** Serves everything as it is. */
  public static final String SOUND = "sound";

  /** Knows no manifest. */
  public static final String MISSING = "missing";

  /** Sends a layer of the right length with one bit flipped. */
  public static final String FLIPPED = "flipped";

  /** Sends half of the layer as if it were all. */
  public static final String TRUNCATED = "truncated";

  /** Announces the layer's length, sends half of it and closes the connection. */
  public static final String CUT = "cut";

  /** Sends half of the layer, then nothing more until the registry is closed. */
  public static final String STALLED = "stalled";

  /** Fails inside. */
  public static final String BROKEN = "broken";

  private static final Pattern PATH = Pattern.compile("/v2/([^/]+)/(manifests|blobs)/(.+)");
  private static final Pattern MANIFEST =
      Pattern.compile(
          "\"mediaType\":\\s*\"([^\"]+)\",\\s*\"digest\":\\s*\"sha256:([0-9a-f]{64})\"");

  private final Path layout;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Serves the layout, which holds one artifact, on a free port. */
  public FaultRegistry(Path layout) {
    this.layout = layout;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Reference to the artifact, spoilt in that way. */
  public String reference(String fault) {
    return "127.0.0.1:" + server.getAddress().getPort() + "/" + fault + ":v1";
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
      if (!path.matches()) {
        answer(exchange, 200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        return;
      }
      String fault = path.group(1);
      if (fault.equals(BROKEN)) {
        answer(exchange, 500, "text/plain", "out of order".getBytes(StandardCharsets.UTF_8));
      } else if (fault.equals(MISSING)) {
        answer(exchange, 404, "application/json", notFound());
      } else if (path.group(2).equals("manifests")) {
        manifest(exchange);
      } else {
        blob(exchange, fault, path.group(3).substring("sha256:".length()));
      }
    }
  }

  private void manifest(HttpExchange exchange) throws IOException {
    Matcher entry = MANIFEST.matcher(Files.readString(layout.resolve("index.json")));
    if (!entry.find()) {
      throw new IOException("no manifest in " + layout.resolve("index.json"));
    }
    exchange.getResponseHeaders().set("Docker-Content-Digest", "sha256:" + entry.group(2));
    answer(exchange, 200, entry.group(1), bytes(entry.group(2)));
  }

  private void blob(HttpExchange exchange, String fault, String digest) throws IOException {
    byte[] content = bytes(digest);
    switch (fault) {
      case FLIPPED -> {
        content[content.length / 2] ^= 1;
        answer(exchange, 200, "application/octet-stream", content);
      }
      case TRUNCATED ->
          answer(
              exchange,
              200,
              "application/octet-stream",
              Arrays.copyOf(content, content.length / 2));
      case CUT -> half(exchange, content);
      case STALLED -> {
        half(exchange, content);
        try {
          closed.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      default -> answer(exchange, 200, "application/octet-stream", content);
    }
  }

  private static void half(HttpExchange exchange, byte[] content) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    OutputStream body = exchange.getResponseBody();
    body.write(content, 0, content.length / 2);
    body.flush();
  }

  private byte[] bytes(String digest) throws IOException {
    return Files.readAllBytes(layout.resolve("blobs/sha256").resolve(digest));
  }

  private static byte[] notFound() {
    String error =
        "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}";
    return error.getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] content)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
    }
    exchange.sendResponseHeaders(status, head ? -1 : content.length);
    if (!head) {
      exchange.getResponseBody().write(content);
    }
  }
}
