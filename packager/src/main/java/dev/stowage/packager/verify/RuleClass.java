package dev.stowage.packager.verify;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.stowage.packager.message.PackagerException.Kind;
import java.util.Locale;

/**
 * What a broken rule puts at risk; decides the exit code when all broken rules are of one class.
 *
 * @since 0.1.0
 */
public enum RuleClass {
  /** The file is not what its label says. */
  IDENTITY(Kind.IDENTITY),
  /** It does not load on every host of its row. */
  PORTABILITY(Kind.PORTABILITY),
  /** It loads, and gives an attacker or a curious reader more than it must. */
  HARDENING(Kind.HARDENING),
  /** It does not keep to the contract between Java, shim and core. */
  BOUNDARY(Kind.BOUNDARY);

  private final Kind kind;

  RuleClass(Kind kind) {
    this.kind = kind;
  }

  /** The spelling in reports. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  Kind kind() {
    return kind;
  }
}
