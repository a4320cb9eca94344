package dev.stowage.wasm;

import java.util.Locale;

/** Every sentence this package says itself; the rest comes from the cores. */
final class Messages {
  private Messages() {}

  static String noText(int status) {
    return "the native core failed with status " + status + " and gave no text";
  }

  static String loneSurrogate(String what, int found, int index) {
    return what
        + ": lone surrogate U+"
        + Integer.toHexString(found).toUpperCase(Locale.ROOT)
        + " at index "
        + index
        + "; a Java string crosses into native code only if it is valid Unicode";
  }

  static String negativeFuel(long fuel) {
    return "fuel " + fuel + " is negative; give 0 to " + Long.MAX_VALUE;
  }

  static String foreignFileSystem(String what, Object path) {
    return what
        + " '"
        + path
        + "' is not in the default file system; native code can only open files of the operating system";
  }

  static String badRecord(String what, String reason, int at) {
    return what + " from the native core cannot be read: " + reason + " at byte " + at;
  }

  static String recordTooLong() {
    return "arguments of one call must fit into one Java array, 2147483639 bytes";
  }

  static String tokenClosed() {
    return "the cancel token is closed; keep it open until the last call with it has begun";
  }
}
