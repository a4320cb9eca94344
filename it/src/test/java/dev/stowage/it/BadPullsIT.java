package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.scenario.Pulls;
import dev.stowage.it.scenario.SampleModules;
import dev.stowage.it.scenario.StoppedPulls;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.SharedFiles;
import dev.stowage.testing.registry.SpoiltRepository;
import dev.stowage.testing.registry.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/**
 * Checks pulls that cannot succeed: type, code and text of the exception, and that an existing file
 * is unchanged.
 */
class BadPullsIT {
  private static final String DIGEST = "sha256:[0-9a-f]{64}";
  private static final byte[] BEFORE = {1, 2, 3};

  private final Path directory = SharedFiles.directory("bad-pulls");
  private final Path module = directory.resolve("module.wasm");
  private final Path layout = directory.resolve("layout");
  private final Path target = directory.resolve("target/pulled.wasm");

  @BeforeEach
  void pack() throws IOException {
    Files.write(module, SampleModules.padded(200_000));
    Files.createDirectory(target.getParent());
    Files.write(target, BEFORE);
    JvmSetup.dropIn()
        .child(Jdk.newest(), Pulls.class)
        .arguments("push", "push", module, "oci:" + layout + ":v1")
        .run()
        .expectOk();
  }

  @EachJdk
  void referencesThatNameNothingAreRefused(Jdk jdk) throws IOException {
    Outcome outcome =
        pulls(jdk)
            .arguments("pull", "!not-one", "Not A Reference", target)
            .arguments("pull", "!empty", "", target)
            .arguments("pull", "!no-tag", "oci:" + layout + ":v2", target)
            .arguments("pull", "!no-layout", "oci:" + directory.resolve("nowhere") + ":v1", target)
            .run()
            .expectOk();
    assertThat(outcome.result("not-one"))
        .isEqualTo(
            "WasmException INVALID_REFERENCE: invalid reference 'Not A Reference': missing registry"
                + " or repository; write host[:port]/repository[:tag][@sha256:...] or"
                + " oci:DIRECTORY:TAG");
    assertThat(outcome.result("empty"))
        .isEqualTo("WasmException INVALID_ARGUMENT: the reference is empty");
    assertThat(outcome.result("no-tag"))
        .isEqualTo("WasmException NOT_FOUND: " + layout + ": tag 'v2' not found; it has v1");
    assertThat(outcome.result("no-layout"))
        .isEqualTo(
            "WasmException NOT_FOUND: "
                + directory.resolve("nowhere")
                + ": not an OCI image layout directory (index.json not found)");
    untouched();
  }

  @EachJdk
  void aRegistryThatFailsLeavesTheTargetAlone(Jdk jdk) throws IOException {
    try (TestRegistry registry = TestRegistry.serving(layout)) {
      Outcome outcome =
          pulls(jdk)
              .arguments("pull", "!missing", registry.reference(SpoiltRepository.MISSING), target)
              .arguments("pull", "!flipped", registry.reference(SpoiltRepository.FLIPPED), target)
              .arguments(
                  "pull", "!truncated", registry.reference(SpoiltRepository.TRUNCATED), target)
              .arguments("pull", "!cut", registry.reference(SpoiltRepository.CUT), target)
              .arguments("pull", "!broken", registry.reference(SpoiltRepository.BROKEN), target)
              .arguments(
                  "pull",
                  "!pinned",
                  registry.reference(SpoiltRepository.SUBSTITUTED) + "@sha256:" + "0".repeat(64),
                  target)
              .run()
              .expectOk();
      assertThat(outcome.result("missing"))
          .isEqualTo(
              "WasmException NOT_FOUND: "
                  + registry.reference(SpoiltRepository.MISSING)
                  + ": manifest not found");
      assertThat(outcome.result("flipped"))
          .matches(
              "WasmException DIGEST_MISMATCH: .*/flipped:v1: the content has digest "
                  + DIGEST
                  + ", but the reference or the manifest requires "
                  + DIGEST);
      assertThat(outcome.result("truncated"))
          .matches(
              "WasmException TRUNCATED: .*/truncated:v1: blob "
                  + DIGEST
                  + " ends after \\d+ of \\d+ bytes");
      assertThat(outcome.result("cut"))
          .startsWith("WasmException NETWORK: " + registry.reference(SpoiltRepository.CUT) + ": ")
          .containsPattern("the connection broke after \\d+ of \\d+ bytes of blob " + DIGEST);
      assertThat(outcome.result("broken"))
          .startsWith(
              "WasmException NETWORK: " + registry.reference(SpoiltRepository.BROKEN) + ": ")
          .contains("500");
      assertThat(outcome.result("pinned"))
          .startsWith("WasmException DIGEST_MISMATCH: ")
          .contains("0".repeat(64));
      untouched();
      pulls(jdk)
          .arguments("pull", "sound", registry.reference(SpoiltRepository.SOUND), target)
          .run()
          .expectOk();
      assertThat(target).hasSameBinaryContentAs(module);
    }
  }

  @EachJdk
  void aRegistryThatIsGoneIsANetworkError(Jdk jdk) throws IOException {
    TestRegistry registry = TestRegistry.serving(layout);
    registry.close();
    Outcome outcome =
        pulls(jdk)
            .arguments("pull", "!gone", registry.reference(SpoiltRepository.SOUND), target)
            .run()
            .expectOk();
    assertThat(outcome.result("gone"))
        .startsWith("WasmException NETWORK: ")
        .contains("connection refused");
    untouched();
  }

  @EachJdk
  void aPullThatIsStoppedIsCanceled(Jdk jdk) throws IOException {
    try (TestRegistry registry = TestRegistry.serving(layout)) {
      String stalled = registry.reference(SpoiltRepository.STALLED);
      String sound = registry.reference(SpoiltRepository.SOUND);
      Outcome outcome =
          JvmSetup.dropIn()
              .child(jdk, StoppedPulls.class)
              .arguments(stalled, sound, target)
              .run()
              .expectOk();
      assertThat(outcome.result("from-another-thread"))
          .isEqualTo("WasmException CANCELED: " + stalled + ": canceled");
      assertThat(outcome.result("before"))
          .isEqualTo("WasmException CANCELED: " + sound + ": canceled");
      assertThat(outcome.result("closed-token"))
          .startsWith("WasmException CLOSED: the cancel token is closed");
      assertThat(outcome.result("by-the-listener"))
          .isEqualTo("java.lang.IllegalStateException: thrown by the listener");
    }
    untouched();
  }

  @EachJdk
  void aDamagedLayoutIsRefused(Jdk jdk) throws IOException {
    Path blob = largestBlob();
    byte[] content = Files.readAllBytes(blob);
    byte[] flipped = content.clone();
    flipped[flipped.length / 2] ^= 1;
    assertThat(damaged(jdk, blob, flipped))
        .startsWith("WasmException DIGEST_MISMATCH: oci:" + layout + ":v1: ");
    byte[] half = Arrays.copyOf(content, content.length / 2);
    assertThat(damaged(jdk, blob, half))
        .startsWith("WasmException TRUNCATED: oci:" + layout + ":v1: ");
    Files.delete(blob);
    assertThat(damagedLayout(jdk)).startsWith("WasmException NOT_FOUND: oci:" + layout + ":v1: ");
  }

  private String damaged(Jdk jdk, Path blob, byte[] content) throws IOException {
    blob.toFile().setWritable(true);
    Files.write(blob, content);
    return damagedLayout(jdk);
  }

  private String damagedLayout(Jdk jdk) throws IOException {
    String text =
        pulls(jdk)
            .arguments("pull", "!damaged", "oci:" + layout + ":v1", target)
            .run()
            .expectOk()
            .result("damaged");
    untouched();
    return text;
  }

  private Path largestBlob() throws IOException {
    try (Stream<Path> blobs = Files.list(layout.resolve("blobs/sha256"))) {
      return blobs.max(Comparator.comparingLong(blob -> blob.toFile().length())).orElseThrow();
    }
  }

  private static ChildJvm pulls(Jdk jdk) {
    return JvmSetup.dropIn().child(jdk, Pulls.class);
  }

  /** The target has its old content, and there is no other file beside it. */
  private void untouched() throws IOException {
    assertThat(target).hasBinaryContent(BEFORE);
    try (Stream<Path> files = Files.list(target.getParent())) {
      assertThat(files.toList()).isEqualTo(List.of(target));
    }
  }
}
