package dev.stowage.packager.verify;

import java.util.List;
import java.util.Optional;

/**
 * How a library breaks a rule.
 *
 * @param found what is wrong
 * @param symbols the symbols or libraries it is about, all of them
 * @param fix what to do
 * @param advisory true: never more than a warning
 */
record Fault(String found, List<String> symbols, String fix, boolean advisory) {
  static Optional<Fault> of(String found, List<String> symbols, String fix) {
    return Optional.of(new Fault(found, List.copyOf(symbols), fix, false));
  }

  static Optional<Fault> of(String found, String fix) {
    return of(found, List.of(), fix);
  }

  static Optional<Fault> unless(boolean good, String found, String fix) {
    return good ? Optional.empty() : of(found, fix);
  }

  /** The same as a warning, if so. */
  Fault advisoryIf(boolean so) {
    return new Fault(found, symbols, fix, so);
  }
}
