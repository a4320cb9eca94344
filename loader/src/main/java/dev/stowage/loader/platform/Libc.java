package dev.stowage.loader.platform;

import java.util.Locale;

/**
 * The C libraries that native libraries are linked against; macOS and Windows have one each.
 *
 * @since 0.1.0
 */
public enum Libc {
  /** The C library of most Linux distributions. */
  GLIBC(Format.ELF, "glibc"),
  /** The C library of Alpine Linux. */
  MUSL(Format.ELF, "musl"),
  /** The C library of macOS; its version is that of the system. */
  MACOS(Format.MACH_O, "macOS"),
  /** The C library of Windows; its version is that of the system. */
  WINDOWS(Format.PE, "Windows");

  private final Format format;
  private final String title;

  Libc(Format format, String title) {
    this.format = format;
    this.title = title;
  }

  /** The format of libraries that are linked against it. */
  public Format format() {
    return format;
  }

  /** The name in the targets table and in reports, for example {@code macos}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name before a version, for example {@code macOS} in "macOS 12.0". */
  public String title() {
    return title;
  }

  /** The C library with that name in the targets table. */
  static Libc of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
