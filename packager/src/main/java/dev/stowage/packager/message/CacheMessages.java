package dev.stowage.packager.message;

import java.nio.file.Path;

/**
 * What the cache of builds reports: lines of the build, and warnings that end with "the build goes
 * on".
 *
 * @since 0.1.0
 */
public final class CacheMessages {
  private CacheMessages() {}

  /** The standard library of a target came from the cache. */
  public static String stdCached(String target, String rustc) {
    return ConsoleText.line("build", target, std(rustc), "from the cache");
  }

  /** It is being built, which takes long. */
  public static String stdBuilding(String target, String rustc) {
    return ConsoleText.line("build", target, std(rustc), "building");
  }

  /** It was built. */
  public static String stdBuilt(String target, String rustc, long millis) {
    return ConsoleText.line("build", target, std(rustc), Messages.built(millis));
  }

  private static String std(String rustc) {
    return "std of rustc " + rustc;
  }

  /** How many third-party crates of a core came from the cache. */
  public static String crates(String target, String binding, int all, int cached) {
    String what = binding + " crates";
    return ConsoleText.line("build", target, what, cached + " of " + all + " from the cache");
  }

  /** An entry is not as it was written. */
  public static String damaged(Path entry) {
    return "the build cache has a damaged entry, which is made again: " + entry;
  }

  /** The cache cannot be used; told once a build. */
  public static String unusable(Path root, String reason) {
    return "the build cache in "
        + root
        + " cannot be used, the build goes on without it: "
        + reason
        + " (STOWAGE_BUILD_CACHE=<directory> names another, STOWAGE_BUILD_CACHE=off none)";
  }

  /** The build doctor's line for the cache. */
  public static String cache(Path place, long bytes) {
    return place + ", " + (bytes == 0 ? "empty" : ConsoleText.size(bytes));
  }

  /** The build doctor's line when there is no cache. */
  public static String cacheOff() {
    return "off";
  }
}
