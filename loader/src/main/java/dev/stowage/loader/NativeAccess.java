package dev.stowage.loader;

import java.lang.management.ManagementFactory;

/**
 * Whether this JVM lets a class call {@code System.load} (JEP 472, Java 24 and newer). By
 * reflection, because the loader is compiled for Java 8. For the loader doctor only.
 */
final class NativeAccess {
  private NativeAccess() {}

  /** Step 7, as far as it can be checked without loading. */
  static DoctorFinding finding(Class<?> caller) {
    if (isEnabled(caller)) {
      return DoctorFinding.skipped(7, LoaderMessages.notTried());
    }
    LoadError error = LoaderMessages.nativeAccess(HeaderDiagnosis.moduleOf(caller));
    return isDenied()
        ? DoctorFinding.bad(7, error)
        : DoctorFinding.warn(7, LoaderMessages.nativeAccessWarning(), error.fix);
  }

  private static boolean isEnabled(Class<?> caller) {
    String version = System.getProperty("java.specification.version", "");
    if (version.startsWith("1.") || Integer.parseInt(version) < 24) {
      return true; // Older ones do not restrict System.load.
    }
    try {
      Object module = Class.class.getMethod("getModule").invoke(caller);
      return (Boolean)
          Class.forName("java.lang.Module").getMethod("isNativeAccessEnabled").invoke(module);
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
}
