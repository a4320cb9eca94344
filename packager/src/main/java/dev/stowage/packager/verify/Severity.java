package dev.stowage.packager.verify;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The consequence of breaking a rule.
 *
 * @since 0.1.0
 */
public enum Severity {
  /** A violation fails the run. */
  ERROR,
  /** A violation is reported only. */
  WARNING,
  /** The rule is not checked. */
  OFF;

  /** The name in options and reports. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The severity of that name.
   *
   * @throws dev.stowage.packager.message.PackagerException STOW-208 for another name
   */
  public static Severity of(String label) {
    Optional<Severity> found =
        Stream.of(values()).filter(each -> each.label().equalsIgnoreCase(label)).findFirst();
    return found.orElseThrow(() -> VerifyMessages.unknownSeverity(label));
  }
}
