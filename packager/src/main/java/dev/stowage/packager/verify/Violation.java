package dev.stowage.packager.verify;

import java.util.List;
import java.util.Optional;

/**
 * How a library breaks a rule.
 *
 * @param found what is wrong
 * @param symbols all symbols or libraries concerned
 * @param fix what to do
 * @param advisory true: never more than a warning
 */
record Violation(String found, List<String> symbols, String fix, boolean advisory) {
  static Optional<Violation> of(String found, List<String> symbols, String fix) {
    return Optional.of(new Violation(found, List.copyOf(symbols), fix, false));
  }

  static Optional<Violation> of(String found, String fix) {
    return of(found, List.of(), fix);
  }

  static Optional<Violation> unless(boolean good, String found, String fix) {
    return good ? Optional.empty() : of(found, fix);
  }

  /** This violation, reduced to a warning if {@code advised} is true. */
  Violation advisoryIf(boolean advised) {
    return new Violation(found, symbols, fix, advised);
  }
}
