package dev.stowage.packager.binary;

import dev.stowage.loader.header.HeaderException;

/** The directories of a PE file, found by addresses relative to its base. */
final class PeImage {
  static final int EXPORT = 0;
  static final int IMPORT = 1;
  static final int CERTIFICATES = 4;
  static final int BASE_RELOCATIONS = 5;
  static final int DEBUG = 6;
  static final int TLS = 9;
  static final int DELAY_IMPORT = 13;

  private static final int SECTION = 40;

  private final Bytes file;
  private final Bytes table;
  private final Bytes directories;
  private final boolean wide;
  private final long base;
  private final long headers;

  PeImage(Bytes file, Bytes optional, Bytes table, boolean wide) throws HeaderException {
    this.file = file;
    this.table = table;
    this.wide = wide;
    base = wide ? optional.u64(24) : optional.u32(28);
    headers = optional.u32(60);
    // The specification defines 16; Windows ignores a larger count.
    long count = Math.min(16, optional.u32(wide ? 108 : 92));
    directories = optional.slice(wide ? 112 : 96, count * 8, "the data directories");
  }

  /** The size of an address in bytes. */
  int word() {
    return wide ? 8 : 4;
  }

  /** A directory's content, or null when the file has none. */
  Bytes directory(int index) throws HeaderException {
    if (size(index) == 0) {
      return null;
    }
    return rest(address(index), "data directory " + index).slice(0, size(index), "it");
  }

  /** The certificate table, the only directory that is found by file offset; or null. */
  Bytes certificates() throws HeaderException {
    return size(CERTIFICATES) == 0
        ? null
        : file.slice(address(CERTIFICATES), size(CERTIFICATES), "the certificate table");
  }

  /** Where a directory begins, relative to the base; 0 when there is none. */
  long address(int index) throws HeaderException {
    return directories.size() < (index + 1) * 8 ? 0 : directories.u32(index * 8L);
  }

  long size(int index) throws HeaderException {
    return address(index) == 0 ? 0 : directories.u32(index * 8L + 4);
  }

  /** An absolute address relative to the base. */
  long relative(long absolute) {
    return absolute - base;
  }

  /** The file's bytes from a relative address to the end of its section. */
  Bytes rest(long address, String what) throws HeaderException {
    for (long at = 0; at < table.size(); at += SECTION) {
      long inside = address - table.u32(at + 12);
      long raw = table.u32(at + 16);
      if (inside >= 0 && inside < raw) {
        return file.slice(table.u32(at + 20) + inside, raw - inside, what);
      }
    }
    if (address >= 0 && address < Math.min(headers, file.size())) {
      return file.slice(address, Math.min(headers, file.size()) - address, what);
    }
    throw new HeaderException("truncated or damaged: " + what + " lies in no section");
  }

  String text(long address, String what) throws HeaderException {
    return rest(address, what).text(0);
  }
}
