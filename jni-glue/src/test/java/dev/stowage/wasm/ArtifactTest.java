package dev.stowage.wasm;

import static dev.stowage.wasm.WasmException.Code.INTERNAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.wasm.internal.RecordWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ArtifactTest {
  private static final byte[] RECORD = record("wasm-to-oci");

  @Test
  void readsEveryField() {
    Artifact artifact = Artifact.read(RECORD);
    assertThat(artifact.digest()).isEqualTo("sha256:aa");
    assertThat(artifact.mediaType()).isEqualTo("application/x");
    assertThat(artifact.layout()).isEqualTo(Artifact.Layout.WASM_TO_OCI);
    assertThat(artifact.moduleDigest()).isEqualTo("sha256:bb");
    assertThat(artifact.moduleSize()).isEqualTo(1L << 33);
    assertThat(artifact.annotations())
        .containsExactly(java.util.Map.entry("z", "1"), java.util.Map.entry("a", "2"));
    assertThatThrownBy(() -> artifact.annotations().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void layoutsHaveTheNamesOfTheCore() {
    assertThat(Artifact.read(record("cncf")).layout()).isEqualTo(Artifact.Layout.CNCF);
    assertThat(Artifact.read(record("")).layout()).isEqualTo(Artifact.Layout.OTHER);
    assertThat(Artifact.read(record("later")).layout()).isEqualTo(Artifact.Layout.OTHER);
  }

  @Test
  void everyOtherLengthIsAnError() {
    for (int length = 0; length < RECORD.length; length++) {
      byte[] part = Arrays.copyOf(RECORD, length);
      Fails.with(INTERNAL, () -> Artifact.read(part)).startsWith("the artifact ");
    }
    Fails.with(INTERNAL, () -> Artifact.read(Arrays.copyOf(RECORD, RECORD.length + 1)))
        .contains("1 bytes too many");
  }

  private static byte[] record(String layout) {
    RecordWriter out =
        new RecordWriter().str("", "sha256:aa").str("", "application/x").str("", layout);
    out.str("", "sha256:bb").u64(1L << 33).u32(2);
    return out.str("", "z").str("", "1").str("", "a").str("", "2").toBytes();
  }
}
