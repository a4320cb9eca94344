package dev.stowage.packager.verify;

import java.util.List;

/**
 * How a library breaks a rule.
 *
 * @param found what is wrong
 * @param symbols the symbols or libraries it is about, all of them
 * @param fix what to do
 * @param advisory true: never more than a warning
 */
record Fault(String found, List<String> symbols, String fix, boolean advisory) {
  static Fault of(String found, List<String> symbols, String fix) {
    return new Fault(found, symbols, fix, false);
  }

  static Fault of(String found, String fix) {
    return of(found, List.of(), fix);
  }
}
