package dev.stowage.packager.binary;

import java.util.List;

/**
 * A Mach-O file's embedded code signature, checked as far as its own bytes allow: the hash of every
 * page and of the blobs it seals. Whether a certificate is trusted is not asked.
 *
 * @param kind who signed
 * @param identifier what the signer calls the file; "" without a signature
 * @param teamId the signer's Apple team, or ""
 * @param linkerSigned written by a linker as a placeholder; codesign replaces such a signature
 *     without being forced
 * @param hardenedRuntime whether the signer asked for the hardened run time, as notarization does
 * @param hashes of its code directories, in the file's order: {@code sha1}, {@code sha256}
 * @param pages how many pages the best code directory seals
 * @param damage what does not fit, as sentences; empty when the signature holds
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
  /** Who signed. */
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
