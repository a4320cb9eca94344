package dev.stowage.packager.binary;

import java.util.List;

/**
 * The embedded code signature of a Mach-O file, with the hashes of all pages and blobs checked. It
 * is not checked whether a certificate is trusted.
 *
 * @param kind the kind of signer
 * @param identifier the name of the file in the signature; "" without a signature
 * @param teamId the signer's Apple team, or ""
 * @param linkerSigned whether a linker wrote it as a placeholder, which codesign replaces without
 *     {@code --force}
 * @param hardenedRuntime whether it has the hardened runtime, which notarization requires
 * @param hashes types of its code directories, in the file's order: {@code sha1}, {@code sha256}
 * @param pages number of pages in the best code directory
 * @param damage what is wrong, as sentences; empty for a valid signature
 * @since 0.1.0
 */
public record Signature(
    Kind kind,
    String identifier,
    String teamId,
    boolean linkerSigned,
    boolean hardenedRuntime,
    List<String> hashes,
    int pages,
    List<String> damage) {
  /** The kind of signer. */
  public enum Kind {
    /** No signature; arm64 macOS refuses such a file. */
    NONE,
    /** Hashes only. */
    AD_HOC,
    /** Hashes and a certificate (a CMS blob). */
    IDENTITY
  }

  static final Signature NONE =
      new Signature(Kind.NONE, "", "", false, false, List.of(), 0, List.of());
}
