package dev.stowage.it.spec;

/**
 * A command that the Java API cannot express. The message is the reason, the same for all commands
 * of a kind.
 */
final class Skipped extends Exception {
  private static final long serialVersionUID = 1;

  Skipped(String reason) {
    super(reason, null, false, false);
  }
}
