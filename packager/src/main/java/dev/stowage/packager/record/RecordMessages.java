package dev.stowage.packager.record;

import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.message.PackagerException.Kind;
import java.nio.file.Path;

/** All texts about the records of a build. */
final class RecordMessages {
  private RecordMessages() {}

  /** STOW-201: a library that has not been built. */
  static PackagerException notBuilt(String classifier, String binding, String role, Path file) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-201",
        "no " + role + " of binding '" + binding + "' for " + classifier,
        "there is no readable file " + file,
        "run 'build' first");
  }

  /** STOW-204: libraries of another version. */
  static PackagerException otherVersion(String file, String built, String wanted) {
    return new PackagerException(
        Kind.USAGE,
        "STOW-204",
        file + " was built as version " + built + ", not " + wanted,
        null,
        "run 'build' with version " + wanted + " first");
  }
}
