package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.NETWORK;
import static dev.stowage.wasm.WasmException.Code.NOT_FOUND;
import static dev.stowage.wasm.WasmException.Code.UNAUTHORIZED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.testing.registry.DockerRegistry;
import dev.stowage.testing.registry.RegistryStore;
import dev.stowage.testing.registry.TestCertificate;
import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The API against a registry that others wrote and run. */
@ExtendWith(NoLeaks.class)
class DockerRegistryTest {
  private static final RegistryOptions NONE = RegistryOptions.defaults().withAnonymous();

  @TempDir private Path dir;
  private byte[] module;
  private Path source;

  @BeforeAll
  static void installed() {
    DockerRegistry.assumeInstalled();
  }

  @BeforeEach
  void write() throws IOException {
    module = new byte[2_000_000];
    Modules.padded(module.length).get(module);
    source = Files.write(dir.resolve("module.wasm"), module);
  }

  @Test
  void plain() throws Exception {
    try (DockerRegistry registry = DockerRegistry.start(dir, false, null)) {
      everything(registry, NONE);
    }
  }

  @Test
  void withBasicAuth() throws Exception {
    try (DockerRegistry registry = DockerRegistry.start(dir, true, null)) {
      everything(registry, signedIn());
      String reference = registry.reference("team/app:v1");
      RegistryOptions wrong = NONE.withCredentials(DockerRegistry.USERNAME, "hunter2"::toCharArray);
      for (RegistryOptions options : new RegistryOptions[] {NONE, wrong}) {
        Fails.with(UNAUTHORIZED, () -> WasmRegistry.resolve(reference, options))
            .startsWith(reference)
            .doesNotContain("hunter2");
      }
    }
  }

  @Test
  void withTlsAndBasicAuth() throws Exception {
    TestCertificate certificate = TestCertificate.make(dir);
    try (DockerRegistry registry = DockerRegistry.start(dir, true, certificate)) {
      everything(registry, signedIn().withCaFile(certificate.authority()));
      String reference = registry.reference("team/app:v1");
      Fails.with(NETWORK, () -> WasmRegistry.resolve(reference, signedIn().withRetries(0)))
          .startsWith(reference);
    }
  }

  private static RegistryOptions signedIn() {
    return NONE.withCredentials(DockerRegistry.USERNAME, DockerRegistry.PASSWORD::toCharArray);
  }

  private void everything(DockerRegistry registry, RegistryOptions options) throws IOException {
    String reference = registry.reference("team/app:v1");
    Artifact pushed = WasmRegistry.push(source, reference, options);
    assertThat(pushed.moduleDigest()).isEqualTo(RegistryStore.digest(module));
    Path target = dir.resolve("pulled.wasm");
    assertThat(WasmRegistry.pull(reference, target, options).digest()).isEqualTo(pushed.digest());
    assertThat(target).hasBinaryContent(module);
    assertThat(WasmRegistry.resolve(reference, options).moduleSize()).isEqualTo(module.length);
    String copy = registry.reference("team/copy:v2");
    assertThat(WasmRegistry.copy(reference, copy, options).digest()).isEqualTo(pushed.digest());
    String layout = "oci:" + dir.resolve("layout") + ":v3";
    assertThat(WasmRegistry.copy(copy, layout, options).digest()).isEqualTo(pushed.digest());
    assertThat(WasmRegistry.tags(registry.reference("team/copy"), options)).containsExactly("v2");
    Fails.with(NOT_FOUND, () -> WasmRegistry.resolve(registry.reference("team/app:none"), options))
        .contains("none");
  }
}
