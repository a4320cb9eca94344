package dev.stowage.loader;

import dev.stowage.loader.platform.Libc;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the pins say of bindings that a row cannot carry: header lines {@code absent <binding>
 * <reason>}. They stand before the first binding, where loaders that do not know them skip them.
 */
final class UnsupportedBinding {
  private static final String KEY = "absent ";

  private UnsupportedBinding() {}

  /** The bindings that these pins leave out. */
  static List<String> names(String pins) {
    List<String> names = new ArrayList<>();
    for (String line : header(pins)) {
      if (line.startsWith(KEY)) {
        names.add(line.split(" ", -1)[1]);
      }
    }
    return names;
  }

  /** STOW-18 when the pins leave this binding out, else null. */
  static LoadError of(String pins, String binding, Target target) {
    for (String line : header(pins)) {
      if (line.startsWith(KEY + binding + " ")) {
        String reason = line.substring((KEY + binding + " ").length());
        return LoaderMessages.absent(
            binding, reason, target.classifier(), glibc(target), bindings(pins));
      }
    }
    return null;
  }

  /** The bindings that these pins have. */
  static List<String> bindings(String pins) {
    List<String> bindings = new ArrayList<>();
    for (String line : pins.split("\n", -1)) {
      if (line.startsWith("binding ")) {
        bindings.add(line.split(" ", -1)[1]);
      }
    }
    return bindings;
  }

  private static String[] header(String pins) {
    int end = pins.indexOf("\nbinding ");
    return (end < 0 ? pins : pins.substring(0, end)).split("\n", -1);
  }

  /** The row of the same machine with glibc, or null. */
  private static String glibc(Target target) {
    for (Target row : Targets.all()) {
      if (row.os().equals(target.os())
          && row.arch().equals(target.arch())
          && row.libc() == Libc.GLIBC
          && row != target) {
        return row.classifier();
      }
    }
    return null;
  }
}
