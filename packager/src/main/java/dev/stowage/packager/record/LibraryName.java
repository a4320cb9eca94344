package dev.stowage.packager.record;

import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.project.Role;

/**
 * Names of the libraries: {@code stowage_<library>_<binding>[_jni]-<version>-<8 hex>} in the
 * target's pattern, such as {@code lib*.so}. The file name is also the SONAME, install name or DLL
 * name, so a shim never binds to the core of another build.
 *
 * @since 0.1.0
 */
public final class LibraryName {
  private LibraryName() {}

  /**
   * The name without the digits at its end: the same for all builds of a version for one platform.
   *
   * @param classifier the platform
   */
  public static String stem(
      String classifier, String library, String binding, Role role, String version) {
    String bare = Targets.byClassifier(classifier).libraryName("");
    return bare.substring(0, bare.indexOf('.')) + base(library, binding, role) + "-" + version;
  }

  /**
   * The file name of the library that a plan describes.
   *
   * @param plan the plan of the library
   */
  public static String of(Plan plan) {
    String base = base(plan.library(), plan.binding(), plan.role());
    String name = base + "-" + plan.version() + "-" + plan.tag();
    return Targets.byClassifier(plan.target()).libraryName(name);
  }

  private static String base(String library, String binding, Role role) {
    return "stowage_" + library + "_" + binding + (role == Role.SHIM ? "_jni" : "");
  }
}
