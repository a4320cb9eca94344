package dev.stowage.packager.binary;

import dev.stowage.loader.header.HeaderException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One code directory: hashes of the pages of the file and of the other blobs of the signature. */
final class CodeDirectory {
  private static final int WITH_TEAM = 0x20200;
  private static final int WITH_LONG_LIMIT = 0x20300;
  private static final int LARGEST_PAGE = 24;
  private static final int LAST_SPECIAL_SLOT = 7;

  private final Bytes file;
  private final long signatureAt;
  private final Bytes directory;
  private final Map<Long, Bytes> blobs;
  private final long version;
  private final int hashSize;
  private final int hashType;
  private final int pages;
  private final long limit;
  private final int pageSize;
  private final Bytes hashes;

  CodeDirectory(Bytes file, long signatureAt, Bytes directory, Map<Long, Bytes> blobs)
      throws HeaderException {
    this.file = file;
    this.signatureAt = signatureAt;
    this.directory = directory;
    this.blobs = blobs;
    version = directory.u32big(8);
    hashSize = directory.u8(36);
    hashType = directory.u8(37);
    long longLimit = version >= WITH_LONG_LIMIT ? directory.u64big(56) : 0;
    limit = longLimit == 0 ? directory.u32big(32) : longLimit;
    int shift = directory.u8(39);
    if (shift > LARGEST_PAGE || limit < 0 || limit > file.size()) {
      throw new HeaderException("truncated or damaged: the code directory's limit or page size");
    }
    // 0 means one page for the whole file.
    pageSize = shift == 0 ? (int) Math.max(limit, 1) : 1 << shift;
    long count = directory.u32big(28);
    hashes = directory.slice(directory.u32big(16), count * hashSize, "the code directory's hashes");
    pages = (int) count;
    if (hashSize != size()) {
      throw new HeaderException(
          "truncated or damaged: " + hashName() + " hashes of " + hashSize + " bytes");
    }
  }

  long flags() throws HeaderException {
    return directory.u32big(12);
  }

  String identifier() throws HeaderException {
    return directory.text(directory.u32big(20));
  }

  String teamId() throws HeaderException {
    long at = version >= WITH_TEAM ? directory.u32big(48) : 0;
    return at == 0 ? "" : directory.text(at);
  }

  int pages() {
    return pages;
  }

  String hashName() {
    return switch (hashType) {
      case 1 -> "sha1";
      case 2 -> "sha256";
      case 3 -> "sha256-truncated";
      case 4 -> "sha384";
      default -> "hash type " + hashType;
    };
  }

  /** The hash types in the order in which macOS prefers their directories. */
  int rank() {
    return switch (hashType) {
      case 1 -> 1;
      case 3 -> 2;
      case 2 -> 3;
      case 4 -> 4;
      default -> 0;
    };
  }

  private int size() {
    return switch (hashType) {
      case 1, 3 -> 20;
      case 2 -> 32;
      case 4 -> 48;
      default -> hashSize;
    };
  }

  /** Recomputes every hash. */
  List<String> damage() throws HeaderException {
    MessageDigest digest = digest();
    if (digest == null) {
      return List.of("its pages are sealed by an unknown " + hashName());
    }
    List<String> damage = new ArrayList<>();
    long wanted = (limit + pageSize - 1) / pageSize;
    if (limit != signatureAt) {
      damage.add("it seals " + limit + " bytes, but " + signatureAt + " lie before it");
    }
    if (pages != wanted) {
      damage.add("it has hashes of " + pages + " pages, but the file has " + wanted);
    }
    damage.addAll(pages(digest, (int) Math.min(pages, wanted)));
    for (int slot = 1; slot <= LAST_SPECIAL_SLOT; slot++) {
      Bytes blob = blobs.get((long) slot);
      if (blob != null && slot <= directory.u32big(24)) {
        blob.digest(digest, 0, blob.size());
        long at = directory.u32big(16) - (long) slot * hashSize;
        if (!directory.matches(at, digest.digest(), hashSize)) {
          damage.add("the " + hashName() + " of special slot " + slot + " is of another content");
        }
      }
    }
    return damage;
  }

  private List<String> pages(MessageDigest digest, int count) throws HeaderException {
    List<Integer> wrong = new ArrayList<>();
    for (int page = 0; page < count; page++) {
      long at = (long) page * pageSize;
      file.digest(digest, at, (int) Math.min(pageSize, limit - at));
      if (!hashes.matches((long) page * hashSize, digest.digest(), hashSize)) {
        wrong.add(page);
      }
    }
    return wrong.isEmpty()
        ? List.of()
        : List.of(
            "the "
                + hashName()
                + " of "
                + wrong.size()
                + " of "
                + count
                + " pages is of another content, first page "
                + wrong.get(0));
  }

  private MessageDigest digest() {
    try {
      return switch (hashType) {
        case 1 -> MessageDigest.getInstance("SHA-1");
        case 2, 3 -> MessageDigest.getInstance("SHA-256");
        case 4 -> MessageDigest.getInstance("SHA-384");
        default -> null;
      };
    } catch (NoSuchAlgorithmException e) {
      // The first two are part of every Java platform, the third of every OpenJDK.
      throw new IllegalStateException(e);
    }
  }
}
