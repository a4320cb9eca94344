package dev.stowage.packager.cache;

import dev.stowage.packager.message.ConsoleText;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.message.PackagerException.Kind;
import java.nio.file.Path;

/** All texts of the build cache: lines of the build, warnings, errors. */
final class CacheMessages {
  private CacheMessages() {}

  /** The standard library of a target came from the cache. */
  static String stdCached(String target, String rustc) {
    return ConsoleText.line("build", target, std(rustc), "from the cache");
  }

  /** It is being built, which takes long. */
  static String stdBuilding(String target, String rustc) {
    return ConsoleText.line("build", target, std(rustc), "building");
  }

  /** It was built. */
  static String stdBuilt(String target, String rustc, long millis) {
    return ConsoleText.line("build", target, std(rustc), "built in " + ConsoleText.seconds(millis));
  }

  private static String std(String rustc) {
    return "std of rustc " + rustc;
  }

  /** How many third-party crates of a core came from the cache. */
  static String crates(String target, String binding, int all, int cached) {
    String what = binding + " crates";
    return ConsoleText.line("build", target, what, cached + " of " + all + " from the cache");
  }

  /** An entry is not as it was written. */
  static String damaged(Path entry) {
    return "a damaged entry of the build cache is built again: " + entry;
  }

  /** The cache cannot be used; told once a build. */
  static String unusable(Path root, String reason) {
    return "the build cache in "
        + root
        + " cannot be used, so the build continues without it: "
        + reason
        + " (to use another directory, set STOWAGE_BUILD_CACHE=<directory>; to use no cache, STOWAGE_BUILD_CACHE=off)";
  }

  /** STOW-145: the standard library does not compile. */
  static PackagerException stdFailed(String target, String rustc, String stderr) {
    return new PackagerException(
        Kind.BUILD,
        "STOW-145",
        target + ": the standard library of rustc " + rustc + " does not compile",
        stderr.strip(),
        "correct the first error above, or install it: rustup target add");
  }
}
