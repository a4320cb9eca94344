package dev.stowage.packager.message;

/**
 * Where the packager reports its steps: the terminal, Maven's log, or a list in a test.
 *
 * <p>One line per step, without colour codes; an implementation adds colour for a terminal.
 *
 * @since 0.1.0
 */
public interface Console {
  /** A step that was done or skipped. */
  void step(String line);

  /** Something that the user should look at although the command continues. */
  void warn(String line);
}
