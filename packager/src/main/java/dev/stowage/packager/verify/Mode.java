package dev.stowage.packager.verify;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

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
  SKIP;

  /** The spelling in options and reports. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
