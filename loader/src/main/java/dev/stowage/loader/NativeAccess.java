package dev.stowage.loader;

import java.lang.management.ManagementFactory;

/**
 * Whether this JVM lets a class call {@code System.load} (JEP 472, Java 24 and newer). By
 * reflection, because the loader is compiled for Java 8. For the loader doctor only.
 */
final class NativeAccess {
  private NativeAccess() {}

  /** STOW-14 when this JVM refuses the class, else null. */
  static LoadError denied(Class<?> caller) {
    return isEnabled(caller) || !isDenied() ? null : LoaderMessages.nativeAccess(moduleOf(caller));
  }

  /** Reports step 7, which was not tried: with a warning where a later JVM refuses the class. */
  static void report(Class<?> caller, LoadLog log) {
    if (isEnabled(caller)) {
      log.skipped(7, LoaderMessages.NOT_TRIED);
    } else {
      String fix = LoaderMessages.nativeAccess(moduleOf(caller)).fix;
      log.warn(7, fix, LoaderMessages.NATIVE_ACCESS_WARNING);
    }
  }

  private static boolean isEnabled(Class<?> caller) {
    String version = System.getProperty("java.specification.version", "");
    if (version.startsWith("1.") || Integer.parseInt(version) < 24) {
      return true; // Older ones do not restrict System.load.
    }
    try {
      Object module = Class.class.getMethod("getModule").invoke(caller);
      Class<?> type = Class.forName("java.lang.Module");
      return (Boolean) type.getMethod("isNativeAccessEnabled").invoke(module);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  private static boolean isDenied() {
    try {
      return ManagementFactory.getRuntimeMXBean()
          .getInputArguments()
          .contains("--illegal-native-access=deny");
    } catch (LinkageError e) {
      return false; // A run-time image without java.management.
    }
  }

  /**
   * The name of a class's module, or null; by reflection, because Java 8 has neither modules nor
   * this failure.
   */
  static String moduleOf(Class<?> type) {
    try {
      Object module = Class.class.getMethod("getModule").invoke(type);
      return (String) Class.forName("java.lang.Module").getMethod("getName").invoke(module);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
