package dev.stowage.nativelibloader;

import java.io.File;

/** All texts of this adapter that users read. */
final class ExtractorMessages {
  private ExtractorMessages() {}

  static String layout() {
    return "native-lib-loader's layout";
  }

  static String otherClassLoader(ClassLoader theirs, ClassLoader ours) {
    return "native-lib-loader cannot load a library that another class loader has\n  found:  native-lib-loader in "
        + theirs
        + "; the API in "
        + ours
        + "\n  fix:    put native-lib-loader and the API beside each other, or call the API only: it loads its natives itself";
  }

  static String noFile(File core) {
    return "native-lib-loader needs the core's file, which no longer exists\n  found:  "
        + core
        + " was in a private temporary directory, because no cache directory could be used\n"
        + "  fix:    -Dstowage.cache=<directory> (or STOWAGE_CACHE in the environment)";
  }
}
