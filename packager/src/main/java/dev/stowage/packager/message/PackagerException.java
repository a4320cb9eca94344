package dev.stowage.packager.message;

import java.util.List;

/**
 * The one exception of the packager: what went wrong, in the caller's option style.
 *
 * <p>{@link #getMessage()} is the whole text: a headline with the error id, then {@code found:},
 * {@code fix:} and {@code tried:} lines. The texts come from the class {@code ...Messages} of each
 * package.
 *
 * @since 0.1.0
 */
public final class PackagerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Who has to act; determines the exit code of the command line. */
  public enum Kind {
    /** Rules are broken by the libraries, the classes or the header. */
    RULE(1),
    /** The project file, an option or an input file is wrong. */
    USAGE(2),
    /** A tool is missing or too old, or does not work on this machine. */
    ENVIRONMENT(3),
    /** A compiler reported errors. */
    BUILD(4),
    /** {@code verify}: all violations concern the platform or the name of a file. */
    IDENTITY(11),
    /** {@code verify}: all violations keep a file from loading on every host of its platform. */
    PORTABILITY(12),
    /** {@code verify}: all violations concern hardening. */
    HARDENING(13),
    /** {@code verify}: all violations concern the contract between Java, shim and core. */
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
   * @param kind which side has to act
   * @param id error id, {@code STOW-1nn} build and project, {@code STOW-2nn} verify, {@code
   *     STOW-3nn} contract, {@code STOW-4nn} pack
   * @param headline one sentence without a final stop
   * @param found what was found, or null
   * @param fix what to do about it, or null
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

  /** Who has to act. */
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
