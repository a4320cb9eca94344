package dev.stowage.packager.record;

/**
 * The record written after a compile, beside its plan.
 *
 * @param format 1
 * @param plan digest of the plan it was built from
 * @param file name of the library in {@code lib/}
 * @param size bytes
 * @param sha256 64 hex digits
 * @param crc32 8 hex digits
 * @param millis how long the compile took
 * @since 0.1.0
 */
public record Result(
    int format, String plan, String file, long size, String sha256, String crc32, long millis) {
  /** The format this class writes. */
  public static final int FORMAT = 1;
}
