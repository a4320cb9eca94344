package dev.stowage.loader;

import dev.stowage.loader.platform.Detector;
import dev.stowage.loader.platform.Facts;
import dev.stowage.loader.platform.Libc;
import dev.stowage.loader.platform.Targets;
import dev.stowage.loader.platform.UnknownPlatformException;

/** Step 2 in words, and by all facts. */
final class PlatformDiagnosis {
  private PlatformDiagnosis() {}

  /** The classifier by all facts; null when no target fits. */
  static String classifier() {
    try {
      return Detector.detect(Facts.gather()).classifier();
    } catch (UnknownPlatformException e) {
      return null;
    }
  }

  /** STOW-02 for a platform that {@link #classifier} does not find. */
  static LoadError unknown(LoadLog log) {
    try {
      Detector.detect(Facts.gather());
      return null;
    } catch (UnknownPlatformException e) {
      log.attempt(e);
      return LoaderMessages.unknownPlatform(e.getMessage(), e.known());
    }
  }

  /** The unusual fact about this JVM, or null. */
  static String hint() {
    return Detector.hint(Facts.gather());
  }

  /** The loader doctor's step 2: with the version of the C library, and a warning for a hint. */
  static void report(String classifier, LoadLog log) {
    boolean glibc = Targets.byClassifier(classifier).libc() == Libc.GLIBC;
    String note = glibc ? " (glibc " + Glibc.version() + ")" : "";
    String hint = hint();
    if (hint == null) {
      log.step(2, LoaderMessages.TARGET, classifier, note);
    } else {
      log.warn(2, hint, LoaderMessages.TARGET, classifier, note);
    }
  }
}
