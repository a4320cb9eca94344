package dev.stowage.packager.verify;

import dev.stowage.loader.platform.Format;
import dev.stowage.loader.platform.Libc;
import dev.stowage.loader.platform.Target;

/**
 * The platform that a library is meant to run on. Third-party libraries also come for platforms
 * that are not in the targets table, so this is not a {@link Target}.
 *
 * @param name the classifier, or a name of that form for a platform outside the targets table
 * @param libc the C library to link against
 * @param arch the CPU as in classifiers
 * @param minimumVersion of C library or operating system; a library may need no newer one. null for
 *     third-party libraries: their authors' promise is not known
 */
record Platform(String name, Libc libc, String arch, String minimumVersion) {
  /** The platform of a library that the project built. */
  static Platform of(Target target) {
    return new Platform(target.classifier(), target.libc(), target.arch(), target.minimumVersion());
  }

  /** The platform of a third-party library. */
  static Platform of(String os, String arch, Libc libc) {
    String suffix = libc == Libc.MUSL ? "-musl" : "";
    return new Platform(os + "-" + arch + suffix, libc, arch, null);
  }

  Format format() {
    return libc.format();
  }
}
