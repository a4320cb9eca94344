package dev.stowage.packager.binary;

/**
 * The executable formats.
 *
 * @since 0.1.0
 */
public enum Format {
  /** Linux. */
  ELF("elf"),
  /** macOS. */
  MACH_O("mach-o"),
  /** Windows. */
  PE("pe");

  private final String label;

  Format(String label) {
    this.label = label;
  }

  /** The spelling in the targets table. */
  public String label() {
    return label;
  }
}
