package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.CANCELED;
import static dev.stowage.wasm.WasmException.Code.UNAUTHORIZED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.testing.registry.RegistryStore;
import dev.stowage.testing.registry.SpoiltAnswer;
import dev.stowage.testing.registry.TestRegistry;
import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The API with a registry in this JVM. */
@ExtendWith(NoLeaks.class)
class RegistryServerTest {
  private static final RegistryOptions NONE = RegistryOptions.defaults().withAnonymous();

  @TempDir private Path dir;
  private final TestRegistry registry = new TestRegistry();
  private byte[] module;
  private Path source;
  private Path target;
  private String reference;

  @BeforeEach
  void write() throws IOException {
    module = new byte[500_000];
    Modules.padded(module.length).get(module);
    source = Files.write(dir.resolve("module.wasm"), module);
    target = Files.createDirectory(dir.resolve("out")).resolve("pulled.wasm");
    reference = registry.reference("team/app:v1");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void thereAndBackAgain() {
    Artifact pushed = WasmRegistry.push(source, reference, NONE);
    assertThat(pushed.moduleDigest()).isEqualTo(RegistryStore.digest(module));
    byte[] manifest = registry.store().manifest("team/app", "v1");
    assertThat(pushed.digest()).isEqualTo(RegistryStore.digest(manifest));
    assertThat(new String(manifest, UTF_8)).contains("application/wasm");
    Artifact pulled = WasmRegistry.pull(reference, target, NONE);
    assertThat(pulled.digest()).isEqualTo(pushed.digest());
    assertThat(target).hasBinaryContent(module);
    Artifact resolved = WasmRegistry.resolve(reference, NONE);
    assertThat(resolved.digest()).isEqualTo(pushed.digest());
    String pinned = registry.reference("team/app@" + pushed.digest());
    assertThat(WasmRegistry.pull(pinned, target, NONE).digest()).isEqualTo(pushed.digest());
  }

  @Test
  void listsTags() {
    WasmRegistry.push(source, registry.reference("team/app:b"), NONE);
    WasmRegistry.push(source, registry.reference("team/app:a"), NONE);
    assertThat(WasmRegistry.tags(registry.reference("team/app"), NONE)).containsExactly("a", "b");
  }

  @Test
  void copiesAnyWay() throws IOException {
    Artifact pushed = WasmRegistry.push(source, reference, NONE);
    String layout = "oci:" + dir.resolve("layout") + ":v1";
    try (TestRegistry other = new TestRegistry()) {
      String there = other.reference("else/where:v2");
      Set<String> blobs = new TreeSet<>();
      RegistryOptions listening = NONE.withProgress((blob, done, total) -> blobs.add(blob));
      assertThat(WasmRegistry.copy(reference, layout, listening).digest())
          .isEqualTo(pushed.digest());
      assertThat(blobs).contains(pushed.moduleDigest());
      assertThat(WasmRegistry.copy(layout, there, NONE).digest()).isEqualTo(pushed.digest());
      assertThat(other.store().manifest("else/where", "v2"))
          .isEqualTo(registry.store().manifest("team/app", "v1"));
      WasmRegistry.pull(there, target, NONE);
      assertThat(target).hasBinaryContent(module);
    }
  }

  @Test
  void credentialsAreSentAndWrongOnesAreNotShown() {
    registry.requireBasic("me", "s\u00e9same");
    RegistryOptions me = NONE.withCredentials("me", "s\u00e9same"::toCharArray);
    WasmRegistry.push(source, reference, me);
    WasmRegistry.pull(reference, target, me);
    assertThat(target).hasBinaryContent(module);
    RegistryOptions wrong = NONE.withCredentials("me", "hunter2"::toCharArray);
    Fails.with(UNAUTHORIZED, () -> WasmRegistry.pull(reference, target, wrong))
        .startsWith(reference)
        .doesNotContain("hunter2");
    Fails.with(UNAUTHORIZED, () -> WasmRegistry.pull(reference, target, NONE))
        .startsWith(reference);
    Fails.with(UNAUTHORIZED, () -> WasmRegistry.tags(registry.reference("team/app"), NONE))
        .isNotBlank();
    Fails.with(UNAUTHORIZED, () -> WasmRegistry.push(source, reference, wrong))
        .doesNotContain("hunter2");
  }

  @Test
  void dockersConfigurationIsRead() throws IOException {
    registry.requireBasic("me", "sesame");
    String auth = Base64.getEncoder().encodeToString("me:sesame".getBytes(UTF_8));
    Path config =
        Files.writeString(
            dir.resolve("config.json"),
            "{\"auths\": {\"" + registry.host() + "\": {\"auth\": \"" + auth + "\"}}}");
    RegistryOptions docker = RegistryOptions.defaults().withDockerConfig(config);
    WasmRegistry.push(source, reference, docker);
    assertThat(WasmRegistry.tags(registry.reference("team/app"), docker)).containsExactly("v1");
    RegistryOptions explicit = docker.withCredentials("me", "wrong"::toCharArray);
    Fails.with(UNAUTHORIZED, () -> WasmRegistry.pull(reference, target, explicit)).isNotBlank();
  }

  @Test
  void pullsOfOneFileDoNotDisturbEachOther() throws Exception {
    byte[] second = new byte[400_000];
    Modules.padded(second.length).get(second);
    Path other = Files.write(dir.resolve("second.wasm"), second);
    WasmRegistry.push(source, reference, NONE);
    WasmRegistry.push(other, registry.reference("team/app:v2"), NONE);
    List<CompletableFuture<Artifact>> pulls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String one = registry.reference("team/app:v" + (1 + i % 2));
      pulls.add(WasmRegistry.pullAsync(one, target, NONE));
    }
    for (CompletableFuture<Artifact> pull : pulls) {
      assertThat(pull.get(60, TimeUnit.SECONDS).layout()).isEqualTo(Artifact.Layout.CNCF);
    }
    byte[] found = Files.readAllBytes(target);
    assertThat(found.length).isIn(module.length, second.length);
    assertThat(found).isEqualTo(found.length == module.length ? module : second);
    assertOnlyTheTarget();
  }

  @Test
  void everyCallHasAnAsynchronousTwin() throws Exception {
    String digest = WasmRegistry.pushAsync(source, reference, NONE).get().digest();
    assertThat(WasmRegistry.resolveAsync(reference, NONE).get().digest()).isEqualTo(digest);
    assertThat(WasmRegistry.pullAsync(reference, target, NONE).get().digest()).isEqualTo(digest);
    assertThat(WasmRegistry.tagsAsync(registry.reference("team/app"), NONE).get())
        .containsExactly("v1");
    String copy = registry.reference("team/copy:v1");
    assertThat(WasmRegistry.copyAsync(reference, copy, NONE).get().digest()).isEqualTo(digest);
  }

  @Test
  void cancelOfTheFutureEndsThePull() throws Exception {
    WasmRegistry.push(source, reference, NONE);
    CountDownLatch end = new CountDownLatch(1);
    registry.spoil(
        "GET /v2/team/app/blobs/" + RegistryStore.digest(module), SpoiltAnswer.stalled(end));
    CountDownLatch begun = new CountDownLatch(1);
    RegistryOptions telling = NONE.withProgress((blob, done, total) -> begun.countDown());
    CompletableFuture<Artifact> pull = WasmRegistry.pullAsync(reference, target, telling);
    begun.await();
    assertThat(pull.cancel(true)).isTrue();
    assertThatThrownBy(pull::join).isInstanceOf(CancellationException.class);
    awaitNothingIsLeft();
    end.countDown();
  }

  @Test
  void cancelOfTheUsersTokenEndsAnAsynchronousPull() throws Exception {
    WasmRegistry.push(source, reference, NONE);
    CountDownLatch end = new CountDownLatch(1);
    registry.spoil(
        "GET /v2/team/app/blobs/" + RegistryStore.digest(module), SpoiltAnswer.stalled(end));
    try (CancelToken token = CancelToken.open()) {
      RegistryOptions options =
          NONE.withCancelToken(token).withProgress((blob, done, total) -> token.cancel());
      CompletableFuture<Artifact> pull = WasmRegistry.pullAsync(reference, target, options);
      assertThatThrownBy(pull::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              WasmException.class, e -> assertThat(e.code()).isEqualTo(CANCELED));
    }
    end.countDown();
    awaitNothingIsLeft();
  }

  @Test
  void whatTheListenerThrowsIsTheCauseInTheFuture() {
    IllegalStateException mine = new IllegalStateException("mine");
    RegistryOptions throwing =
        NONE.withProgress(
            (blob, done, total) -> {
              throw mine;
            });
    assertThatThrownBy(() -> WasmRegistry.pushAsync(source, reference, throwing).join())
        .cause()
        .isSameAs(mine);
    assertThatThrownBy(() -> WasmRegistry.push(source, reference, throwing)).isSameAs(mine);
    assertThat(registry.store().manifest("team/app", "v1")).isNull();
  }

  private void awaitNothingIsLeft() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (entries() > 0 || WasmRegistry.liveHandles() > 0) {
      assertThat(System.nanoTime()).as("files or handles are left").isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  private long entries() throws IOException {
    try (Stream<Path> files = Files.list(target.getParent())) {
      return files.count();
    }
  }

  private void assertOnlyTheTarget() throws IOException {
    try (Stream<Path> files = Files.list(target.getParent())) {
      assertThat(files).containsExactly(target);
    }
  }
}
