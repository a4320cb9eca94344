package dev.stowage.packager.project;

import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.message.PackagerException.Kind;
import java.nio.file.Path;
import java.util.Collection;

/** All texts about the project file. */
final class ProjectMessages {
  private ProjectMessages() {}

  /** STOW-101: no project file. */
  static PackagerException noProjectFile(Path file, OptionStyle optionStyle) {
    return usage(
        "STOW-101",
        "no project file " + file,
        null,
        "write it (docs/packing.md), or name another: "
            + optionStyle.option("projectFile", "<file>"));
  }

  /** STOW-103: an unknown key. */
  static PackagerException unknownKey(
      Path file, String key, String nearest, Collection<String> known) {
    return usage(
        "STOW-103",
        file + ": unknown key '" + key + "'",
        null,
        (nearest == null ? "" : "write '" + sibling(key, nearest) + "', or ")
            + "remove it; the keys here are "
            + String.join(", ", known));
  }

  /** STOW-104: a missing key. */
  static PackagerException missingKey(Path file, String key, String example) {
    return usage(
        "STOW-104", file + ": '" + key + "' is missing", null, "add " + key + " = " + example);
  }

  /** STOW-105: a value of another type. */
  static PackagerException wrongType(Path file, String key, String wanted, String found) {
    return usage("STOW-105", file + ": '" + key + "' must be " + wanted, found, "change the value");
  }

  /** STOW-106: a name that cannot be part of file or package names. */
  static PackagerException badName(Path file, String key, String value, String pattern) {
    return usage(
        "STOW-106",
        file + ": '" + key + "' is not a valid name",
        "'" + value + "'",
        "use a name of the form " + pattern);
  }

  /** STOW-129: a text that is not coordinates. */
  static PackagerException badCoordinates(Path file, String key, String value, String example) {
    return usage(
        "STOW-129",
        file + ": '" + key + "' must be the Maven coordinates <groupId>:<artifactId>",
        "'" + value + "'",
        "write " + key + " = " + example + ", without a version");
  }

  /** STOW-107: a core in no language or in two. */
  static PackagerException coreLanguage(Path file, String key, boolean both) {
    return usage(
        "STOW-107",
        file + ": '" + key + "' must have one of the keys 'cargo' and 'go'",
        both ? "both" : "neither",
        "Rust: cargo = \"<directory>\" and crate = \"<name>\"; "
            + "Go: go = \"<directory>\" and main = \"./<package>\"");
  }

  /** STOW-108: a native class outside the package. */
  static PackagerException classOutsidePackage(
      Path file, String binding, String name, String javaPackage) {
    return usage(
        "STOW-108",
        file + ": class " + name + " of binding '" + binding + "' is not in package " + javaPackage,
        null,
        "move the class, or set package = \"...\" to a package that holds all native classes");
  }

  private static PackagerException usage(String id, String headline, String found, String fix) {
    return new PackagerException(Kind.USAGE, id, headline, found, fix);
  }

  private static String sibling(String key, String name) {
    return key.substring(0, key.lastIndexOf('.') + 1) + name;
  }
}
