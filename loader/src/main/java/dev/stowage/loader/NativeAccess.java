package dev.stowage.loader;

import java.lang.management.ManagementFactory;

/**
 * Whether this JVM lets a class call {@code System.load} (JEP 472, Java 24 and newer). By
 * reflection, because the loader is compiled for Java 8. For the doctor only.
 */
final class NativeAccess {
  private NativeAccess() {}

  /** Step 7 as far as it can be told without loading. */
  static Finding finding(Class<?> caller) {
    if (isEnabled(caller)) {
      return Finding.skipped(7, Messages.notTried());
    }
    Fault fault = Messages.nativeAccess(Explain.moduleOf(caller));
    return isDenied()
        ? Finding.bad(7, fault)
        : Finding.warn(7, Messages.nativeAccessWarning(), fault.fix);
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
