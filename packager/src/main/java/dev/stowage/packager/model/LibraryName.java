package dev.stowage.packager.model;

/**
 * Names of the libraries: {@code libstowage_<library>_<unit>[_jni]-<version>-<8 hex>.so}. The name
 * is the SONAME too, so two builds of one version never bind to each other.
 *
 * @since 0.1.0
 */
public final class LibraryName {
  private LibraryName() {}

  /** The name up to the tag: what all builds of this library and version share. */
  public static String stem(String library, String unit, Role role, String version) {
    return "libstowage_" + library + "_" + unit + (role == Role.SHIM ? "_jni-" : "-") + version;
  }

  /**
   * The file name a plan gives on Linux.
   *
   * @param plan the plan of the library
   */
  public static String of(Plan plan) {
    return stem(plan.library(), plan.unit(), plan.role(), plan.version())
        + "-"
        + plan.tag()
        + ".so";
  }
}
