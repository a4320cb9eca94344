package dev.stowage.packager.verify;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.stowage.packager.message.PackagerException.Kind;
import java.util.Locale;

/**
 * The risk of a broken rule. It determines the exit code when all broken rules are of one class.
 *
 * @since 0.1.0
 */
public enum RuleClass {
  /** The file is not the library that its name and platform promise. */
  IDENTITY(Kind.IDENTITY),
  /** It does not load on every host of its platform. */
  PORTABILITY(Kind.PORTABILITY),
  /** It loads, but gives an attacker or a curious reader more than necessary. */
  HARDENING(Kind.HARDENING),
  /** It breaks the contract between Java, shim and core. */
  BOUNDARY(Kind.BOUNDARY);

  private final Kind kind;

  RuleClass(Kind kind) {
    this.kind = kind;
  }

  /** The name in reports. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  Kind kind() {
    return kind;
  }
}
