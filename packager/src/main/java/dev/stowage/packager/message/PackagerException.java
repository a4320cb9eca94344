package dev.stowage.packager.message;

import java.util.List;

/**
 * The one exception of the packager: what went wrong, in the caller's option style.
 *
 * <p>{@link #getMessage()} is the whole text: a headline with the error id, then {@code found:},
 * {@code fix:} and {@code tried:} lines. The texts themselves come from {@code Messages} and its
 * siblings in this package.
 *
 * @since 0.1.0
 */
public final class PackagerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whose move it is; decides the exit code of the command line. */
  public enum Kind {
    /** Rules failed: the binaries, the classes or the header are not what they must be. */
    RULE(1),
    /** The project file, an option or an input file is wrong. */
    USAGE(2),
    /** A tool is missing, too old, or the machine cannot do what is asked. */
    ENVIRONMENT(3),
    /** A compiler refused the sources. */
    BUILD(4),
    /** {@code verify}: all broken rules ask whether a file is what its label says. */
    IDENTITY(11),
    /** {@code verify}: all broken rules ask whether a file loads on every host of its row. */
    PORTABILITY(12),
    /** {@code verify}: all broken rules ask whether a file gives away more than it must. */
    HARDENING(13),
    /** {@code verify}: all broken rules ask for the contract between Java, shim and core. */
    BOUNDARY(14);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The process exit code for this kind. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;
  private final String id;

  /**
   * Makes an exception from its parts; null or empty parts are left out of the text.
   *
   * @param kind whose move it is
   * @param id error id, {@code STOW-1nn} build and project, {@code STOW-2nn} verify, {@code
   *     STOW-3nn} contract, {@code STOW-4nn} pack
   * @param headline one sentence without a final stop
   * @param found what was found, or null
   * @param fix what the user does about it, or null
   * @param tried what was tried on the way, one line each
   */
  public PackagerException(
      Kind kind, String id, String headline, String found, String fix, List<String> tried) {
    super(text(id, headline, found, fix, tried));
    this.kind = kind;
    this.id = id;
  }

  /** Like the constructor without attempts. */
  public PackagerException(Kind kind, String id, String headline, String found, String fix) {
    this(kind, id, headline, found, fix, List.of());
  }

  /** Whose move it is. */
  public Kind kind() {
    return kind;
  }

  /** The error id, for example {@code STOW-103}; an anchor in docs/build-errors.md. */
  public String id() {
    return id;
  }

  private static String text(
      String id, String headline, String found, String fix, List<String> tried) {
    StringBuilder out = new StringBuilder(id).append(' ').append(headline);
    part(out, "found:", found);
    part(out, "fix:  ", fix);
    for (String attempt : tried) {
      part(out, "tried:", attempt);
    }
    return out.toString();
  }

  private static void part(StringBuilder out, String label, String text) {
    if (text != null && !text.isEmpty()) {
      out.append("\n  ").append(label).append(' ').append(text.replace("\n", "\n         "));
    }
  }
}
