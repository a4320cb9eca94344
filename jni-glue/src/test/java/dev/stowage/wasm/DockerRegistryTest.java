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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The API with Debian's docker-registry, over each kind of connection. */
@ExtendWith(NoLeaks.class)
class DockerRegistryTest {
  private static final RegistryOptions ANONYMOUS = RegistryOptions.defaults().withAnonymous();
  private static final RegistryOptions SIGNED_IN =
      ANONYMOUS.withCredentials(DockerRegistry.USERNAME, DockerRegistry.PASSWORD::toCharArray);

  @TempDir private static Path shared;
  @TempDir private Path dir;
  private static final Map<Connection, DockerRegistry> REGISTRIES = new EnumMap<>(Connection.class);
  private static TestCertificate certificate;
  private static byte[] module;
  private static Path source;

  private enum Connection {
    PLAIN,
    BASIC_AUTH,
    TLS_AND_BASIC_AUTH;

    RegistryOptions options() {
      RegistryOptions options = this == PLAIN ? ANONYMOUS : SIGNED_IN;
      return this == TLS_AND_BASIC_AUTH ? options.withCaFile(certificate.authority()) : options;
    }

    String reference(String rest) {
      return REGISTRIES.get(this).reference(rest);
    }

    /** Pushes the module to a repository of the calling test. */
    Artifact push(String reference) {
      return WasmRegistry.push(source, reference, options());
    }
  }

  @BeforeAll
  static void start() throws Exception {
    DockerRegistry.assumeInstalled();
    module = new byte[2_000_000];
    Modules.padded(module.length).get(module);
    source = Files.write(shared.resolve("module.wasm"), module);
    certificate = TestCertificate.make(shared);
    for (Connection connection : Connection.values()) {
      Path directory = Files.createDirectory(shared.resolve(connection.name()));
      boolean tls = connection == Connection.TLS_AND_BASIC_AUTH;
      REGISTRIES.put(
          connection,
          DockerRegistry.start(
              directory, connection != Connection.PLAIN, tls ? certificate : null));
    }
  }

  @AfterAll
  static void stop() {
    REGISTRIES.values().forEach(DockerRegistry::close);
  }

  @ParameterizedTest
  @EnumSource
  void aPushTellsTheModulesDigest(Connection connection) {
    assertThat(connection.push(connection.reference("team/pushed:v1")).moduleDigest())
        .isEqualTo(RegistryStore.digest(module));
  }

  @ParameterizedTest
  @EnumSource
  void aPullWritesWhatWasPushed(Connection connection) {
    String reference = connection.reference("team/pulled:v1");
    Artifact pushed = connection.push(reference);
    Path target = dir.resolve("pulled.wasm");
    assertThat(WasmRegistry.pull(reference, target, connection.options()).digest())
        .isEqualTo(pushed.digest());
    assertThat(target).hasBinaryContent(module);
  }

  @ParameterizedTest
  @EnumSource
  void resolvingTellsTheSize(Connection connection) {
    String reference = connection.reference("team/resolved:v1");
    connection.push(reference);
    assertThat(WasmRegistry.resolve(reference, connection.options()).moduleSize())
        .isEqualTo(module.length);
  }

  @ParameterizedTest
  @EnumSource
  void aCopyInTheRegistryKeepsTheDigestAndHasItsOwnTags(Connection connection) {
    String reference = connection.reference("team/original:v1");
    Artifact pushed = connection.push(reference);
    String copy = connection.reference("team/copy:v2");
    assertThat(WasmRegistry.copy(reference, copy, connection.options()).digest())
        .isEqualTo(pushed.digest());
    assertThat(WasmRegistry.tags(connection.reference("team/copy"), connection.options()))
        .containsExactly("v2");
  }

  @ParameterizedTest
  @EnumSource
  void aCopyToALayoutKeepsTheDigest(Connection connection) {
    String reference = connection.reference("team/exported:v1");
    Artifact pushed = connection.push(reference);
    String layout = "oci:" + dir.resolve("layout") + ":v3";
    assertThat(WasmRegistry.copy(reference, layout, connection.options()).digest())
        .isEqualTo(pushed.digest());
  }

  @ParameterizedTest
  @EnumSource
  void aMissingTagIsNotFound(Connection connection) {
    connection.push(connection.reference("team/app:v1"));
    String missing = connection.reference("team/app:none");
    Fails.with(NOT_FOUND, () -> WasmRegistry.resolve(missing, connection.options()))
        .contains("none");
  }

  @Test
  void withoutTheRightPasswordNothingIsTold() {
    String reference = Connection.BASIC_AUTH.reference("team/secret:v1");
    Connection.BASIC_AUTH.push(reference);
    RegistryOptions wrong =
        ANONYMOUS.withCredentials(DockerRegistry.USERNAME, "hunter2"::toCharArray);
    for (RegistryOptions options : new RegistryOptions[] {ANONYMOUS, wrong}) {
      Fails.with(UNAUTHORIZED, () -> WasmRegistry.resolve(reference, options))
          .startsWith(reference)
          .doesNotContain("hunter2");
    }
  }

  @Test
  void anUnknownAuthorityIsRefused() {
    String reference = Connection.TLS_AND_BASIC_AUTH.reference("team/secret:v1");
    Connection.TLS_AND_BASIC_AUTH.push(reference);
    Fails.with(NETWORK, () -> WasmRegistry.resolve(reference, SIGNED_IN.withRetries(0)))
        .startsWith(reference);
  }
}
