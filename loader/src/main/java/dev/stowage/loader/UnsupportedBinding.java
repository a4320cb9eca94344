package dev.stowage.loader;

import dev.stowage.loader.platform.Libc;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import java.util.ArrayList;
import java.util.List;

/**
 * Bindings that a platform does not support, as the pins name them: lines {@code unsupported
 * <binding> <language> <reason>}.
 */
final class UnsupportedBinding {
  private static final String KEY = "unsupported ";

  private UnsupportedBinding() {}

  /** The bindings that these pins leave out. */
  static List<String> names(String pins) {
    return namesAfter(KEY, pins);
  }

  /** STOW-18 when the pins leave this binding out, else null. */
  static LoadError of(String pins, String binding, Target target) {
    for (String line : pins.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      if (line.startsWith(KEY + binding + " ") && words.length > 3) {
        return LoaderMessages.unsupported(
            binding, words[3], target.classifier(), glibc(target), bindings(pins));
      }
    }
    return null;
  }

  /** The bindings that these pins have. */
  static List<String> bindings(String pins) {
    return namesAfter("binding ", pins);
  }

  private static List<String> namesAfter(String key, String pins) {
    List<String> names = new ArrayList<>();
    for (String line : pins.split("\n", -1)) {
      if (line.startsWith(key)) {
        names.add(line.split(" ", -1)[1]);
      }
    }
    return names;
  }

  /** The classifier of the same machine with glibc, or null. */
  private static String glibc(Target target) {
    for (Target other : Targets.all()) {
      if (other.os().equals(target.os())
          && other.arch().equals(target.arch())
          && other.libc() == Libc.GLIBC
          && other != target) {
        return other.classifier();
      }
    }
    return null;
  }
}
