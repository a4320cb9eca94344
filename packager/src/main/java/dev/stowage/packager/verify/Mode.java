package dev.stowage.packager.verify;

/**
 * What a broken rule does.
 *
 * @since 0.1.0
 */
public enum Mode {
  /** It fails the run. */
  CHECK,
  /** It is reported only. */
  WARN,
  /** It is not looked at. */
  SKIP
}
