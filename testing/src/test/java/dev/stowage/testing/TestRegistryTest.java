package dev.stowage.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.testing.registry.RegistryStore;
import dev.stowage.testing.registry.SpoiltRepository;
import dev.stowage.testing.registry.TestRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each repository of a registry that serves a layout is spoilt as its name says. */
class TestRegistryTest {
  private static final byte[] MANIFEST = "{\"layers\":[]}".getBytes(UTF_8);
  private static final byte[] BLOB = "0123456789".repeat(1000).getBytes(UTF_8);

  @TempDir private Path layout;
  private TestRegistry registry;

  @BeforeEach
  void serve() throws IOException {
    Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
    Files.write(blobs.resolve(Digests.sha256(MANIFEST)), MANIFEST);
    Files.write(blobs.resolve(Digests.sha256(BLOB)), BLOB);
    Files.writeString(
        layout.resolve("index.json"),
        "{\"manifests\":[{\"mediaType\":\"application/x\",\"digest\":\""
            + RegistryStore.digest(MANIFEST)
            + "\"}]}");
    registry = TestRegistry.serving(layout);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void theSoundOneServesManifestAndBlobs() throws Exception {
    assertThat(manifest(SpoiltRepository.SOUND, "v1").body()).isEqualTo(MANIFEST);
    assertThat(blob(SpoiltRepository.SOUND).body()).isEqualTo(BLOB);
    assertThat(manifest(SpoiltRepository.SOUND, "v2").statusCode()).isEqualTo(404);
  }

  @Test
  void manifestsAreMissingBrokenOrSubstituted() throws Exception {
    assertThat(manifest(SpoiltRepository.MISSING, "v1").statusCode()).isEqualTo(404);
    assertThat(manifest(SpoiltRepository.BROKEN, "v1").statusCode()).isEqualTo(500);
    assertThat(manifest(SpoiltRepository.SUBSTITUTED, "v2").body()).isEqualTo(MANIFEST);
  }

  @Test
  void blobsAreFlippedTruncatedCutOrStalled() throws Exception {
    assertThat(blob(SpoiltRepository.FLIPPED).body()).hasSameSizeAs(BLOB).isNotEqualTo(BLOB);
    assertThat(blob(SpoiltRepository.TRUNCATED).body()).hasSize(BLOB.length / 2);
    assertThatThrownBy(() -> blob(SpoiltRepository.CUT)).hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> blob(SpoiltRepository.STALLED)).isInstanceOf(TimeoutException.class);
  }

  private HttpResponse<byte[]> manifest(SpoiltRepository repository, String tag) throws Exception {
    return get(repository, "manifests/" + tag);
  }

  private HttpResponse<byte[]> blob(SpoiltRepository repository) throws Exception {
    return get(repository, "blobs/" + RegistryStore.digest(BLOB));
  }

  private HttpResponse<byte[]> get(SpoiltRepository repository, String path) throws Exception {
    String name = registry.reference(repository).replaceFirst(":v1$", "").split("/", 2)[1];
    URI uri = URI.create("http://" + registry.host() + "/v2/" + name + "/" + path);
    // A timeout of the request does not limit the time for the body.
    return HttpClient.newHttpClient()
        .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray())
        .get(5, TimeUnit.SECONDS);
  }
}
