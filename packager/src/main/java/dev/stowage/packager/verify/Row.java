package dev.stowage.packager.verify;

import dev.stowage.loader.platform.Target;
import dev.stowage.packager.binary.Format;

/**
 * Where a library is meant to run, as far as the rules ask.
 *
 * @param name the classifier, or the like for a machine that the targets table has no row for
 * @param format executable format of its operating system
 * @param arch spelled as in classifiers
 * @param libc as in the targets table
 * @param floor the version of it that a library may need at most; null: nobody has promised one
 */
record Row(String name, Format format, String arch, String libc, String floor) {
  /** A row of the table. */
  static Row of(Target target) {
    return new Row(
        target.classifier(), format(target.libc()), target.arch(), target.libc(), target.floor());
  }

  /** A library of others: its author's promise is not known. */
  static Row of(String os, String arch, String libc) {
    String suffix = libc.equals("musl") ? "-musl" : "";
    return new Row(os + "-" + arch + suffix, format(libc), arch, libc, null);
  }

  boolean isMusl() {
    return libc.equals("musl");
  }

  private static Format format(String libc) {
    return switch (libc) {
      case "macos" -> Format.MACH_O;
      case "windows" -> Format.PE;
      default -> Format.ELF;
    };
  }
}
