package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.DIGEST_MISMATCH;
import static dev.stowage.wasm.WasmException.Code.FORBIDDEN;
import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static dev.stowage.wasm.WasmException.Code.NETWORK;
import static dev.stowage.wasm.WasmException.Code.NOT_FOUND;
import static dev.stowage.wasm.WasmException.Code.TIMEOUT;
import static dev.stowage.wasm.WasmException.Code.TOO_LARGE;
import static dev.stowage.wasm.WasmException.Code.TRUNCATED;
import static dev.stowage.wasm.WasmException.Code.UNAUTHORIZED;
import static dev.stowage.wasm.WasmException.Code.UNSUPPORTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.testing.registry.RegistryStore;
import dev.stowage.testing.registry.SpoiltAnswer;
import dev.stowage.testing.registry.TestRegistry;
import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A registry with faults: code and text of each kind of error; no file is half-written. */
@ExtendWith(NoLeaks.class)
class RegistryFaultsTest {
  private static final String BLOB = "GET /v2/a/blobs/";
  private static final String MANIFEST = "(GET|HEAD) /v2/a/manifests/";
  private static final byte[] BEFORE = {1, 2, 3};
  private static final RegistryOptions NONE = RegistryOptions.defaults().withAnonymous();
  private static final RegistryOptions ONCE = NONE.withRetries(0);

  @TempDir private Path dir;
  private final TestRegistry registry = new TestRegistry();
  private byte[] module;
  private Path source;
  private Path target;
  private String reference;
  private Artifact pushed;

  @BeforeEach
  void push() throws IOException {
    module = new byte[300_000];
    Modules.padded(module.length).get(module);
    source = Files.write(dir.resolve("module.wasm"), module);
    target = Files.createDirectory(dir.resolve("out")).resolve("pulled.wasm");
    Files.write(target, BEFORE);
    reference = registry.reference("a:v1");
    pushed = WasmRegistry.push(source, reference, NONE);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void refusalsOfTheRegistryAreTyped() throws IOException {
    registry.spoil(MANIFEST + "four01", SpoiltAnswer.status(401));
    registry.spoil(MANIFEST + "four03", SpoiltAnswer.status(403));
    pullOf("a:four01", UNAUTHORIZED).contains("401");
    pullOf("a:four03", FORBIDDEN).contains("403");
    pullOf("a:nothing", NOT_FOUND).contains("nothing");
    pullOf("nobody:v1", NOT_FOUND).contains("nobody");
    Fails.with(NOT_FOUND, () -> WasmRegistry.tags(registry.reference("nobody"), NONE))
        .contains("nobody");
    Fails.with(NOT_FOUND, () -> WasmRegistry.resolve(registry.reference("a:x"), NONE))
        .contains("a:x");
  }

  @Test
  void serverErrorsAreRetriedThenNetwork() throws IOException {
    registry.spoil(BLOB, 2, SpoiltAnswer.status(500));
    assertThat(WasmRegistry.pull(reference, target, NONE).digest()).isEqualTo(pushed.digest());
    assertThat(registry.requests(BLOB)).hasSize(3);
    Files.write(target, BEFORE);
    registry.spoil(BLOB, SpoiltAnswer.status(503));
    Fails.with(NETWORK, () -> WasmRegistry.pull(reference, target, ONCE)).contains("503");
    assertThat(registry.requests(BLOB)).hasSize(4);
    untouched();
  }

  @Test
  void threeRetriesUnlessSet() throws IOException {
    registry.spoil(MANIFEST, SpoiltAnswer.tooMany(0));
    Fails.with(NETWORK, () -> WasmRegistry.pull(reference, target, NONE)).contains("429");
    assertThat(registry.requests(MANIFEST + "v1")).hasSizeGreaterThanOrEqualTo(4);
    untouched();
  }

  @Test
  void retryAfterIsWaitedFor() {
    registry.spoil(BLOB, 1, SpoiltAnswer.tooMany(1));
    long begin = System.nanoTime();
    WasmRegistry.pull(reference, target, NONE);
    assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
    assertThat(target).hasBinaryContent(module);
  }

  @Test
  void cutConnectionsAreTakenUpAgain() {
    registry.spoil(BLOB, 1, SpoiltAnswer.cut());
    WasmRegistry.pull(reference, target, NONE);
    assertThat(target).hasBinaryContent(module);
    assertThat(registry.requests(BLOB)).hasSize(2);
  }

  @Test
  void cutOffForGood() throws IOException {
    registry.spoil(BLOB, SpoiltAnswer.cut());
    Fails.with(NETWORK, () -> WasmRegistry.pull(reference, target, ONCE)).startsWith(reference);
    untouched();
  }

  @Test
  void otherBytesThanPromised() throws IOException {
    registry.spoil(BLOB, 1, SpoiltAnswer.wrongBytes());
    Fails.with(DIGEST_MISMATCH, () -> WasmRegistry.pull(reference, target, ONCE))
        .startsWith(reference)
        .contains(pushed.moduleDigest());
    registry.spoil(BLOB, 1, SpoiltAnswer.truncated());
    Fails.with(TRUNCATED, () -> WasmRegistry.pull(reference, target, ONCE))
        .startsWith(reference)
        .contains(Integer.toString(module.length));
    untouched();
  }

  @Test
  void anotherManifestThanTheDigestNames() throws IOException {
    String pinned = registry.reference("a@" + pushed.digest());
    registry.spoil(MANIFEST, SpoiltAnswer.instead("{\"schemaVersion\": 2}".getBytes(UTF_8)));
    Fails.with(DIGEST_MISMATCH, () -> WasmRegistry.pull(pinned, target, ONCE))
        .contains(pushed.digest());
    untouched();
  }

  @Test
  void silenceUntilTheTimeout() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    registry.spoil(BLOB, SpoiltAnswer.stalled(end));
    RegistryOptions hasty = NONE.withTimeout(Duration.ofMillis(300));
    Fails.with(TIMEOUT, () -> WasmRegistry.pull(reference, target, hasty)).contains("300");
    end.countDown();
    untouched();
  }

  @Test
  void tooLargeBeforeTheFirstByte() throws IOException {
    RegistryOptions small = NONE.withMaxBytes(module.length - 1);
    Fails.with(TOO_LARGE, () -> WasmRegistry.pull(reference, target, small))
        .contains(Integer.toString(module.length))
        .contains(Integer.toString(module.length - 1));
    assertThat(registry.requests(BLOB)).isEmpty();
    Fails.with(TOO_LARGE, () -> WasmRegistry.push(source, reference, small)).isNotBlank();
    untouched();
    WasmRegistry.pull(reference, target, NONE.withMaxBytes(module.length));
  }

  @Test
  void moreThanAGibibyteIsTooLargeUnlessSet() throws IOException {
    String claims =
        new String(registry.store().manifest("a", "v1"), UTF_8)
            .replace(":" + module.length, ":" + ((1 << 30) + 1));
    String type = "application/vnd.oci.image.manifest.v1+json";
    registry.store().put("a", "huge", type, claims.getBytes(UTF_8));
    pullOf("a:huge", TOO_LARGE).contains(Integer.toString(1 << 30));
  }

  @Test
  void whatIsNoModule() throws IOException {
    byte[] config = "{}".getBytes(UTF_8);
    String json =
        "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\","
            + "\"digest\":\""
            + registry.store().put(config)
            + "\",\"size\":2},\"layers\":[]}";
    String type = "application/vnd.oci.image.manifest.v1+json";
    String digest = registry.store().put("a", "image", type, json.getBytes(UTF_8));
    pullOf("a:image", UNSUPPORTED).contains("application/vnd.oci.image.config.v1+json");
    Artifact image = WasmRegistry.resolve(registry.reference("a:image"), NONE);
    assertThat(image.digest())
        .isEqualTo(digest)
        .isEqualTo(RegistryStore.digest(json.getBytes(UTF_8)));
    assertThat(image.layout()).isEqualTo(Artifact.Layout.OTHER);
    assertThat(image.moduleDigest()).isEmpty();
  }

  @Test
  void optionsOutOfRangeAreNamed() throws IOException {
    refused(NONE.withRetries(11), "retries");
    refused(NONE.withRetries(-1), "retries");
    refused(NONE.withMaxBytes(0), "max-bytes");
    refused(NONE.withPlatform("wasm"), "platform");
    refused(NONE.withProxy(URI.create("gopher://x")), "proxy");
    refused(NONE.withPlainHttpFor("http://x"), "plain-http");
    refused(NONE.withCredentials("", "x"::toCharArray), "username");
    untouched();
  }

  @Test
  void proxiesThatAreNotThere() {
    RegistryOptions proxy = ONCE.withProxy(URI.create("http://127.0.0.1:9"));
    Fails.with(NETWORK, () -> WasmRegistry.resolve("registry.invalid/a:v1", proxy.withRetries(0)))
        .isNotBlank();
    assertThat(WasmRegistry.resolve(reference, proxy).digest())
        .as("loopback is asked without a proxy")
        .isEqualTo(pushed.digest());
  }

  private void refused(RegistryOptions options, String named) {
    Fails.with(INVALID_ARGUMENT, () -> WasmRegistry.pull(reference, target, options))
        .contains(named);
  }

  private AbstractStringAssert<?> pullOf(String rest, WasmException.Code code) throws IOException {
    String what = registry.reference(rest);
    AbstractStringAssert<?> text = Fails.with(code, () -> WasmRegistry.pull(what, target, NONE));
    untouched();
    return text.contains(what);
  }

  /** The target has its old content, and there is no other file beside it. */
  private void untouched() throws IOException {
    assertThat(target).hasBinaryContent(BEFORE);
    try (Stream<Path> files = Files.list(target.getParent())) {
      assertThat(files).containsExactly(target);
    }
  }
}
