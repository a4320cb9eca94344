package dev.stowage.packager.record;

import dev.stowage.packager.project.Role;
import java.util.List;

/**
 * The record written after a compile, beside its plan. Two machines that build the same sources
 * write the same result.
 *
 * @param format 1
 * @param plan digest of the plan it was built from
 * @param libraries what was built
 * @since 0.1.0
 */
public record Result(int format, String plan, List<Library> libraries) {
  /** The format this class writes. */
  public static final int FORMAT = 1;

  /** Copies the list. */
  public Result {
    Json.requireFormat(format, FORMAT);
    libraries = List.copyOf(libraries);
  }

  /**
   * One library.
   *
   * @param role what it is in its binding
   * @param file name in {@code lib/}
   * @param size bytes
   * @param sha256 64 hex digits
   * @param crc32 8 hex digits
   */
  public record Library(Role role, String file, long size, String sha256, String crc32) {}

  /** The library; each plan has exactly one. */
  public Library library() {
    return libraries.get(0);
  }
}
