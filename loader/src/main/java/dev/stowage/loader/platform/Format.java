package dev.stowage.loader.platform;

import java.util.Locale;

/**
 * The executable formats.
 *
 * @since 0.1.0
 */
public enum Format {
  /** Linux. */
  ELF,
  /** macOS. */
  MACH_O,
  /** Windows. */
  PE;

  /** The name in the targets table, in reports and in texts, for example {@code mach-o}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
