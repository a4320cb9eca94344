package dev.stowage.wasm;

import dev.stowage.wasm.internal.RecordReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a reference points to: a manifest and, if the manifest describes one, a WebAssembly module.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class Artifact {
  private final String digest;
  private final String mediaType;
  private final Layout layout;
  private final String moduleDigest;
  private final long moduleSize;
  private final Map<String, String> annotations;

  private Artifact(RecordReader in) {
    digest = in.str();
    mediaType = in.str();
    layout = Layout.of(in.str());
    moduleDigest = in.str();
    moduleSize = in.u64();
    Map<String, String> notes = new LinkedHashMap<>();
    for (int left = in.u32(); left > 0; left--) {
      notes.put(in.str(), in.str());
    }
    annotations = Collections.unmodifiableMap(notes);
  }

  /** Reads the record that is defined above {@code swg_pull} in stowage_wasm_go.h. */
  static Artifact read(byte[] record) {
    RecordReader in = new RecordReader("the artifact", record);
    Artifact artifact = new Artifact(in);
    in.end();
    return artifact;
  }

  /**
   * Layouts of a module in an OCI artifact.
   *
   * @since 0.1.0
   */
  public enum Layout {
    /** The CNCF's Wasm OCI artifact layout, which {@link WasmRegistry#push} writes. */
    CNCF("cncf"),
    /** The older layout of the program wasm-to-oci. */
    WASM_TO_OCI("wasm-to-oci"),
    /** An index, or something that is not a WebAssembly module. */
    OTHER("");

    private final String name;

    Layout(String name) {
      this.name = name;
    }

    static Layout of(String name) {
      for (Layout layout : values()) {
        if (layout.name.equals(name)) {
          return layout;
        }
      }
      return OTHER;
    }
  }

  /** Returns the manifest's digest, {@code sha256:} and 64 hex digits. */
  public String digest() {
    return digest;
  }

  /** Returns the manifest's media type. */
  public String mediaType() {
    return mediaType;
  }

  /** Returns the layout of the module in the artifact. */
  public Layout layout() {
    return layout;
  }

  /**
   * Returns the module's digest, {@code sha256:} and 64 hex digits; empty if there is no module.
   */
  public String moduleDigest() {
    return moduleDigest;
  }

  /** Returns the module's size in bytes; 0 if there is no module. */
  public long moduleSize() {
    return moduleSize;
  }

  /** Returns the manifest's annotations in its order; the map cannot be changed. */
  public Map<String, String> annotations() {
    return annotations;
  }
}
