package dev.stowage.packager.binary;

import dev.stowage.loader.header.HeaderException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads the super blob of a code signature: code directories (one per hash), the blobs that they
 * cover, and the CMS blob of a certificate's signature. All numbers are big-endian.
 */
final class SignatureReader {
  private static final long SUPER_BLOB = 0xfade0cc0L;
  private static final long CODE_DIRECTORY = 0xfade0c02L;
  private static final int ALTERNATES = 0x1000;
  private static final int MOST_ALTERNATES = 5;
  private static final int CMS = 0x10000;
  private static final int BLOB_HEADER = 8;
  private static final int MOST_BLOBS = 100;
  private static final int AD_HOC = 2;
  private static final int HARDENED_RUNTIME = 0x10000;
  private static final int LINKER_SIGNED = 0x20000;

  private final Bytes file;
  private final Bytes signature;
  private final long signatureAt;
  private final TreeMap<Long, Bytes> blobs = new TreeMap<>();

  SignatureReader(Bytes file, Bytes signature, long signatureAt) {
    this.file = file;
    this.signature = signature;
    this.signatureAt = signatureAt;
  }

  Signature read() throws HeaderException {
    if (signature.u32big(0) != SUPER_BLOB) {
      throw new HeaderException("truncated or damaged: the code signature has no super blob");
    }
    Bytes superBlob = signature.slice(0, signature.u32big(4), "the code signature's super blob");
    long count = superBlob.u32big(8);
    if (count > MOST_BLOBS) {
      throw new HeaderException("truncated or damaged: a code signature of " + count + " blobs");
    }
    for (long i = 0; i < count; i++) {
      long at = superBlob.u32big(12 + i * 8 + 4);
      long length = superBlob.rest(at, "a blob of the code signature").u32big(4);
      Bytes blob = superBlob.slice(at, length, "a blob of the code signature");
      blobs.put(superBlob.u32big(12 + i * 8), blob);
    }
    List<CodeDirectory> directories = directories();
    CodeDirectory best = directories.get(0);
    List<String> hashes = new ArrayList<>();
    List<String> damage = new ArrayList<>();
    for (CodeDirectory directory : directories) {
      hashes.add(directory.hashName());
      damage.addAll(directory.damage());
      best = directory.rank() > best.rank() ? directory : best;
    }
    Bytes cms = blobs.get((long) CMS);
    boolean identity = cms != null && cms.size() > BLOB_HEADER;
    long flags = best.flags();
    if (identity == ((flags & AD_HOC) != 0)) {
      damage.add(
          identity
              ? "the code directory says ad hoc, but there is a certificate's signature"
              : "the certificate's signature is missing, and the code directory is not ad hoc");
    }
    return new Signature(
        identity ? Signature.Kind.IDENTITY : Signature.Kind.AD_HOC,
        best.identifier(),
        best.teamId(),
        (flags & LINKER_SIGNED) != 0,
        (flags & HARDENED_RUNTIME) != 0,
        List.copyOf(hashes),
        best.pages(),
        List.copyOf(damage));
  }

  private List<CodeDirectory> directories() throws HeaderException {
    List<CodeDirectory> found = new ArrayList<>();
    for (long slot = ALTERNATES - 1; slot < ALTERNATES + MOST_ALTERNATES; slot++) {
      Bytes blob = blobs.get(slot < ALTERNATES ? 0L : slot);
      if (blob != null) {
        if (blob.u32big(0) != CODE_DIRECTORY) {
          throw new HeaderException("truncated or damaged: a code directory has another magic");
        }
        found.add(new CodeDirectory(file, signatureAt, blob, blobs));
      }
    }
    if (found.isEmpty()) {
      throw new HeaderException("truncated or damaged: the code signature has no code directory");
    }
    return found;
  }
}
