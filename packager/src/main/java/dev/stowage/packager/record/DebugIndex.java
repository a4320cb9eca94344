package dev.stowage.packager.record;

import java.util.List;

/**
 * Maps the debug files in a {@code -debug} JAR to the libraries.
 *
 * @param format 1
 * @param library the library id
 * @param version the library's version
 * @param classifier the target
 * @param files in the order of the waybill
 * @since 0.1.0
 */
public record DebugIndex(
    int format, String library, String version, String classifier, List<Entry> files) {
  /** The format this class writes. */
  public static final int FORMAT = 1;

  /** Copies the list. */
  public DebugIndex {
    Json.requireFormat(format, FORMAT);
    files = List.copyOf(files);
  }

  /**
   * One debug file.
   *
   * @param debugId the id, as in the waybill
   * @param file name of the library that has the same id
   * @param path of the debug file in the JAR
   * @param sha256 of the debug file, 64 hex digits
   */
  public record Entry(String debugId, String file, String path, String sha256) {}
}
