package dev.stowage.loader;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the pins say of units that a row cannot carry: header lines {@code absent <unit> <reason>}.
 * They stand before the first unit, where loaders that do not know them skip them.
 */
final class AbsentUnit {
  private static final String KEY = "absent ";

  private AbsentUnit() {}

  /** The units that these pins leave out. */
  static List<String> names(String pins) {
    List<String> names = new ArrayList<>();
    for (String line : header(pins)) {
      if (line.startsWith(KEY)) {
        names.add(line.split(" ", -1)[1]);
      }
    }
    return names;
  }

  /** STOW-18 when the pins leave this unit out, else null. */
  static LoadError of(String pins, String unit, Target target) {
    for (String line : header(pins)) {
      if (line.startsWith(KEY + unit + " ")) {
        String reason = line.substring((KEY + unit + " ").length());
        return LoaderMessages.absent(unit, reason, target.classifier(), glibc(target), units(pins));
      }
    }
    return null;
  }

  /** The units that these pins have. */
  static List<String> units(String pins) {
    List<String> units = new ArrayList<>();
    for (String line : pins.split("\n", -1)) {
      if (line.startsWith("unit ")) {
        units.add(line.split(" ", -1)[1]);
      }
    }
    return units;
  }

  private static String[] header(String pins) {
    int end = pins.indexOf("\nunit ");
    return (end < 0 ? pins : pins.substring(0, end)).split("\n", -1);
  }

  /** The row of the same machine with glibc, or null. */
  private static String glibc(Target target) {
    for (Target row : Targets.all()) {
      if (row.os().equals(target.os())
          && row.arch().equals(target.arch())
          && row.libc().equals("glibc")
          && row != target) {
        return row.classifier();
      }
    }
    return null;
  }
}
