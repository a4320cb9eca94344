package dev.stowage.wasm.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.testing.registry.RegistryStore;
import dev.stowage.testing.registry.SpoiltAnswer;
import dev.stowage.testing.registry.TestRegistry;
import dev.stowage.wasm.fixture.Modules;
import dev.stowage.wasm.fixture.NoLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoLeaks.class)
class TransferCommandsTest {
  private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";

  @TempDir private Path dir;
  private final TestRegistry registry = new TestRegistry();
  private String module;
  private String file;
  private String reference;
  private String digest;
  private int size;

  @BeforeEach
  void write() throws IOException {
    byte[] bytes = Modules.calculator();
    module = Files.write(dir.resolve("m.wasm"), bytes).toString();
    file = dir.resolve("pulled.wasm").toString();
    reference = registry.reference("team/app:v1");
    digest = RegistryStore.digest(bytes);
    size = bytes.length;
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void pushAndPullAsText() {
    String pushed = ToolRun.good("push", module, reference);
    String manifest = RegistryStore.digest(registry.store().manifest("team/app", "v1"));
    assertThat(lines(pushed))
        .endsWith(
            "      Pushed  " + module + " -> " + reference,
            "    Manifest  " + manifest,
            "      Module  " + digest + ", " + size + " bytes");
    String pulled = ToolRun.good("pull", reference, file);
    assertThat(lines(pulled))
        .endsWith(
            "      Pulled  " + reference + " -> " + file,
            "    Manifest  " + manifest,
            "      Module  " + digest + ", " + size + " bytes");
    assertThat(lines(pulled)[0])
        .matches(" {7}Moved  " + digest.substring(0, 19) + ", " + size + " bytes .* ms");
    assertThat(Path.of(file)).hasSameBinaryContentAs(Path.of(module));
  }

  @Test
  void resultsAsJson() {
    String pushed = ToolRun.good("push", "--json", module, reference);
    String manifest = RegistryStore.digest(registry.store().manifest("team/app", "v1"));
    String artifact =
        """
          "artifact": {
            "digest": "%s",
            "mediaType": "%s",
            "layout": "CNCF",
            "module": {
              "digest": "%s",
              "size": %d
            },
            "annotations": {}
          }
        }
        """
            .formatted(manifest, TYPE, digest, size);
    assertThat(pushed).isEqualTo(moved(module, reference) + artifact);
    assertThat(ToolRun.good("pull", reference, file, "--json"))
        .isEqualTo(moved(reference, file) + artifact);
    String layout = "oci:" + dir.resolve("layout") + ":v2";
    assertThat(ToolRun.good("copy", reference, layout, "--json"))
        .isEqualTo(moved(reference, layout) + artifact);
    assertThat(ToolRun.good("resolve", layout, "--json"))
        .isEqualTo("{\n  \"version\": 1,\n  \"reference\": \"" + layout + "\",\n" + artifact);
  }

  private static String moved(String from, String to) {
    return "{\n  \"version\": 1,\n  \"from\": \"" + from + "\",\n  \"to\": \"" + to + "\",\n";
  }

  @Test
  void tagsAreListed() {
    ToolRun.good("push", module, registry.reference("team/app:v2"));
    ToolRun.good("push", module, reference);
    String repository = registry.reference("team/app");
    assertThat(ToolRun.good("tags", repository)).isEqualTo("         Tag  v1\n         Tag  v2\n");
    assertThat(ToolRun.good("tags", "--json", repository))
        .isEqualTo(
            """
            {
              "version": 1,
              "repository": "%s",
              "tags": [
                "v1",
                "v2"
              ]
            }
            """
                .formatted(repository));
  }

  @Test
  void resolveAndCopyAsText() {
    ToolRun.good("push", module, reference);
    String layout = "oci:" + dir.resolve("layout") + ":v2";
    assertThat(lines(ToolRun.good("copy", reference, layout)))
        .contains("      Copied  " + reference + " -> " + layout)
        .hasSizeGreaterThan(3);
    assertThat(lines(ToolRun.good("resolve", layout)))
        .startsWith("    Resolved  " + layout)
        .endsWith("      Module  " + digest + ", " + size + " bytes");
  }

  @Test
  void passwordsComeFromStandardInput() {
    registry.requireBasic("me", "s\u00e9same");
    for (String input : new String[] {"s\u00e9same", "s\u00e9same\n", "s\u00e9same\r\n"}) {
      ToolRun tool =
          ToolRun.run(
              input, false, "push", module, reference, "--username", "me", "--password-stdin");
      assertThat(tool.err()).isEmpty();
      assertThat(tool.code()).isZero();
    }
    ToolRun wrong =
        ToolRun.run(
            "hunter2",
            false,
            "tags",
            registry.reference("team/app"),
            "--username=me",
            "--password-stdin");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).startsWith("error: ").contains("401").doesNotContain("hunter2");
    assertThat(ToolRun.bad(2, "pull", reference, file, "--username", "me"))
        .isEqualTo(
            """
            error: use --username and --password-stdin together, and without --anonymous
              pull --help lists the options
            """);
    assertThat(ToolRun.bad(2, "pull", reference, file, "--password-stdin")).contains("together");
    assertThat(
            ToolRun.bad(
                2, "pull", reference, file, "--username=x", "--password-stdin", "--anonymous"))
        .contains("without --anonymous");
  }

  @Test
  void failuresHaveTheirCode() {
    ToolRun tool = ToolRun.run("pull", registry.reference("team/app:v9"), file, "--json");
    assertThat(tool.code()).isEqualTo(1);
    assertThat(tool.err()).startsWith("error: " + registry.reference("team/app:v9"));
    assertThat(tool.out()).contains("\"code\": \"NOT_FOUND\"");
    assertThat(Path.of(file)).doesNotExist();
  }

  @Test
  void limitsStopATransfer() {
    ToolRun.good("push", module, reference);
    CountDownLatch end = new CountDownLatch(1);
    registry.spoil("GET /v2/team/app/blobs/" + digest, 1, SpoiltAnswer.stalled(end));
    assertThat(ToolRun.bad(1, "pull", reference, file, "--timeout", "1", "--retries", "0"))
        .startsWith("error: " + reference);
    end.countDown();
    assertThat(ToolRun.bad(1, "pull", reference, file, "--max-bytes", "10")).contains("10");
    assertThat(ToolRun.bad(2, "pull", reference, file, "--retries", "11"))
        .startsWith("error: --retries N is a whole number from 0 to 10, found '11'\n");
    assertThat(Path.of(file)).doesNotExist();
  }

  private static String[] lines(String text) {
    return text.lines().toArray(String[]::new);
  }
}
