package dev.stowage.packager.verify;

import dev.stowage.packager.project.Role;
import java.util.function.Supplier;

/**
 * A library that breaks exactly one rule.
 *
 * @param rule the rule
 * @param classifier its target
 * @param role core or shim
 * @param bytes makes the library
 * @param text the violation and its fix, as the user reads them
 */
record Defect(Rule rule, String classifier, Role role, Supplier<byte[]> bytes, String text) {
  static Defect core(Rule rule, String classifier, Supplier<byte[]> bytes, String text) {
    return new Defect(rule, classifier, Role.CORE, bytes, text);
  }

  static Defect shim(Rule rule, String classifier, Supplier<byte[]> bytes, String text) {
    return new Defect(rule, classifier, Role.SHIM, bytes, text);
  }

  @Override
  public String toString() {
    return rule.id() + " on " + classifier + ": " + text;
  }
}
