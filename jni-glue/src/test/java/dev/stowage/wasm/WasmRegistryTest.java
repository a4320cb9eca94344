package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.CANCELED;
import static dev.stowage.wasm.WasmException.Code.CLOSED;
import static dev.stowage.wasm.WasmException.Code.DIGEST_MISMATCH;
import static dev.stowage.wasm.WasmException.Code.INVALID_ARGUMENT;
import static dev.stowage.wasm.WasmException.Code.INVALID_REFERENCE;
import static dev.stowage.wasm.WasmException.Code.IO;
import static dev.stowage.wasm.WasmException.Code.NETWORK;
import static dev.stowage.wasm.WasmException.Code.NOT_FOUND;
import static dev.stowage.wasm.WasmException.Code.TRUNCATED;
import static dev.stowage.wasm.WasmException.Code.UNSUPPORTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoLeaks.class)
class WasmRegistryTest {
  private static final int ONE_MB = 1 << 20;
  private static final RegistryOptions NONE = RegistryOptions.defaults();

  @TempDir private Path dir;
  private byte[] module;
  private Path source;
  private Path layout;
  private Path target;
  private String digest;
  private String reference;

  @BeforeEach
  void push() throws IOException {
    ByteBuffer padded = Modules.padded(ONE_MB);
    module = new byte[ONE_MB];
    padded.get(module);
    source = Files.write(dir.resolve("m\u00f6dule \uD83D\uDEA2.wasm"), module);
    layout = dir.resolve("l\u00e4yout");
    target = Files.createDirectory(dir.resolve("out")).resolve("pulled.wasm");
    reference = "oci:" + layout + ":v1";
    digest = WasmRegistry.push(source, reference, NONE).moduleDigest();
  }

  @Test
  void pullsWhatWasPushed() throws Exception {
    assertThat(digest).isEqualTo("sha256:" + HexFormat.of().formatHex(Wasm.sha256(module)));
    Artifact pulled = WasmRegistry.pull(reference, target, NONE);
    assertThat(pulled.moduleDigest()).isEqualTo(digest);
    assertThat(pulled.moduleSize()).isEqualTo(ONE_MB);
    assertThat(pulled.layout()).isEqualTo(Artifact.Layout.CNCF);
    assertThat(pulled.mediaType()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
    assertThat(WasmRegistry.resolve(reference, NONE).digest()).isEqualTo(pulled.digest());
    assertThat(target).hasBinaryContent(module);
    // Again, over the file that is there now.
    WasmRegistry.pull(reference, target, NONE);
    assertOnlyTheTarget();
  }

  @Test
  void reportsProgressOnTheCallersThread() {
    List<Long> done = new ArrayList<>();
    TransferProgress progress =
        (blob, bytes, total) -> {
          assertThat(blob).isEqualTo(digest);
          assertThat(total).isEqualTo(ONE_MB);
          assertThat(Thread.currentThread().getName()).isEqualTo("puller");
          done.add(bytes);
        };
    String before = Thread.currentThread().getName();
    Thread.currentThread().setName("puller");
    try {
      WasmRegistry.pull(reference, target, NONE.withProgress(progress));
    } finally {
      Thread.currentThread().setName(before);
    }
    assertThat(done).isSorted().startsWith(0L).hasSizeGreaterThan(2).endsWith((long) ONE_MB);
  }

  @Test
  void whatTheListenerThrowsComesOutUnchanged() throws Exception {
    RuntimeException thrown = new IllegalStateException("mine");
    TransferProgress progress =
        (blob, done, total) -> {
          if (done > 0) {
            throw thrown;
          }
        };
    RegistryOptions options = NONE.withProgress(progress);
    assertThat(catchThrowable(() -> WasmRegistry.pull(reference, target, options)))
        .isSameAs(thrown);
    assertNothingWritten();
  }

  @Test
  void canceledBeforeTheStart() throws Exception {
    try (CancelToken token = CancelToken.open()) {
      token.cancel();
      token.cancel();
      RegistryOptions options = NONE.withCancelToken(token);
      Fails.with(CANCELED, () -> WasmRegistry.pull(reference, target, options))
          .containsIgnoringCase("canceled");
      assertNothingWritten();
    }
  }

  @Test
  void canceledFromTheListenerAndFromAnotherThread() throws Exception {
    for (boolean otherThread : new boolean[] {false, true}) {
      try (CancelToken token = CancelToken.open()) {
        TransferProgress progress =
            (blob, done, total) -> {
              if (otherThread) {
                Thread canceler = new Thread(token::cancel);
                canceler.start();
                join(canceler);
              } else {
                token.cancel();
              }
            };
        RegistryOptions options = NONE.withProgress(progress).withCancelToken(token);
        Fails.with(CANCELED, () -> WasmRegistry.pull(reference, target, options));
        assertNothingWritten();
      }
    }
  }

  @Test
  void cancelEndsAPullThatWaitsForTheNetwork() throws Exception {
    try (ServerSocket silent = new ServerSocket(0);
        CancelToken token = CancelToken.open()) {
      Thread canceler =
          new Thread(
              () -> {
                try {
                  silent.accept();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
                token.cancel();
              });
      canceler.start();
      String remote = "127.0.0.1:" + silent.getLocalPort() + "/a/b:v1";
      RegistryOptions options = NONE.withCancelToken(token);
      Fails.with(CANCELED, () -> WasmRegistry.pull(remote, target, options));
      canceler.join();
    }
  }

  @Test
  void closedTokenIsRefused() {
    CancelToken token = CancelToken.open();
    token.close();
    token.close();
    token.cancel();
    RegistryOptions options = NONE.withCancelToken(token);
    Fails.with(CLOSED, () -> WasmRegistry.pull(reference, target, options))
        .containsIgnoringCase("closed");
  }

  @Test
  void referencesThatAreNone() {
    for (String bad : new String[] {"no slash", "oci:", "oci:" + layout, "UPPER/Case:x"}) {
      Fails.with(INVALID_REFERENCE, () -> pull(bad)).isNotBlank();
    }
    Fails.with(
            INVALID_REFERENCE,
            () -> WasmRegistry.push(source, "oci:" + layout + ":not a tag", NONE))
        .contains("not a tag");
    Fails.with(INVALID_REFERENCE, () -> WasmRegistry.tags(reference, NONE)).isNotBlank();
  }

  @Test
  void tagsAreSorted() {
    for (String tag : new String[] {"v10", "latest", "V2"}) {
      WasmRegistry.push(source, "oci:" + layout + ":" + tag, NONE);
    }
    List<String> tags = WasmRegistry.tags("oci:" + layout, NONE);
    assertThat(tags).containsExactly("V2", "latest", "v1", "v10");
    assertThatThrownBy(tags::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void copiesToAnotherLayoutUnchanged() {
    String other = "oci:" + dir.resolve("other") + ":copy";
    Artifact copy = WasmRegistry.copy(reference, other, NONE);
    assertThat(copy.digest()).isEqualTo(WasmRegistry.resolve(reference, NONE).digest());
    assertThat(WasmRegistry.pull(other, target, NONE).moduleDigest()).isEqualTo(digest);
    assertThat(target).hasBinaryContent(module);
  }

  @Test
  void textThatDoesNotCross() throws Exception {
    Fails.with(INVALID_ARGUMENT, () -> pull("")).isEqualTo("the reference is empty");
    Fails.with(INVALID_ARGUMENT, () -> pull("oci:a\0b:v1")).contains("NUL");
    Fails.with(INVALID_ARGUMENT, () -> pull("\uDEA2")).startsWith("reference: lone surrogate");
    Path jar = dir.resolve("a.zip");
    try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      Path inside = zip.getPath("/x.wasm");
      Fails.with(INVALID_ARGUMENT, () -> WasmRegistry.pull(reference, inside, NONE))
          .isEqualTo(
              "file '/x.wasm' is not in the default file system; native code can open only files of the operating system");
    }
  }

  @Test
  void whatIsNotThere() {
    Fails.with(NOT_FOUND, () -> pull("oci:" + layout + ":v2")).contains("v2");
    Fails.with(NOT_FOUND, () -> pull("oci:" + dir.resolve("none") + ":v1")).contains("none");
    Fails.with(NOT_FOUND, () -> WasmRegistry.push(dir.resolve("none"), reference, NONE))
        .contains("none");
  }

  @Test
  void damagedBlobs() throws Exception {
    Path blob = layout.resolve("blobs/sha256").resolve(digest.substring("sha256:".length()));
    byte[] flipped = module.clone();
    flipped[ONE_MB / 2] ^= 1;
    replace(blob, flipped);
    Fails.with(DIGEST_MISMATCH, () -> pull(reference)).contains(digest);
    assertNothingWritten();
    replace(blob, java.util.Arrays.copyOf(module, ONE_MB / 2));
    Fails.with(TRUNCATED, () -> pull(reference)).contains(Integer.toString(ONE_MB));
    assertNothingWritten();
  }

  @Test
  void failureKeepsTheOldFile() throws Exception {
    Files.write(target, "old".getBytes(UTF_8));
    Fails.with(NOT_FOUND, () -> pull("oci:" + layout + ":v2"));
    assertThat(target).hasContent("old");
    assertOnlyTheTarget();
  }

  @Test
  void pushRefusesWhatIsNoModule() throws Exception {
    Path text = Files.write(dir.resolve("text"), "text".getBytes(UTF_8));
    Fails.with(UNSUPPORTED, () -> WasmRegistry.push(text, reference, NONE)).contains("text");
  }

  @Test
  void fileSystemRefuses() {
    Path nowhere = dir.resolve("missing").resolve("file.wasm");
    Fails.with(IO, () -> WasmRegistry.pull(reference, nowhere, NONE))
        .contains("missing")
        .contains("no such file or directory");
  }

  @Test
  void registryThatIsNotThere() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Fails.with(NETWORK, () -> pull("127.0.0.1:" + port + "/a/b:v1")).contains("refused");
  }

  @Test
  void knowsItsVersion() {
    assertThat(WasmRegistry.version()).isEqualTo(System.getProperty("stowage.test.version"));
  }

  private void pull(String ref) {
    WasmRegistry.pull(ref, target, NONE);
  }

  private void assertNothingWritten() throws IOException {
    try (Stream<Path> files = Files.list(target.getParent())) {
      assertThat(files).isEmpty();
    }
  }

  private void assertOnlyTheTarget() throws IOException {
    try (Stream<Path> files = Files.list(target.getParent())) {
      assertThat(files).containsExactly(target);
    }
  }

  /** Blobs are read-only files. */
  private static void replace(Path blob, byte[] content) throws IOException {
    Files.delete(blob);
    Files.write(blob, content);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
