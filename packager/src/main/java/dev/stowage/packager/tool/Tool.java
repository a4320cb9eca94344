package dev.stowage.packager.tool;

import dev.stowage.packager.message.Messages;
import dev.stowage.packager.message.PackagerException;
import java.util.Locale;

/**
 * The one list of outside tools: what they are for and how to install them. Errors and {@code
 * doctor} read it.
 *
 * @since 0.1.0
 */
public enum Tool {
  /** The C compiler: shims, cgo and the linker of every library. */
  CC("C compiler", "cc", "--version", "gcc libc6-dev", "gcc", "https://gcc.gnu.org"),
  /** Drives the Rust build. */
  CARGO("cargo", "cargo", "--version", "cargo", "rust", "https://rustup.rs"),
  /** The Rust compiler; its version is part of each Rust plan. */
  RUSTC("rustc", "rustc", "--version", "rustc", "rust", "https://rustup.rs"),
  /** The Go tool chain. */
  GO("go", "go", "version", "golang-go", "go", "https://go.dev/dl");

  private final String title;
  private final String command;
  private final String versionArgument;
  private final String debianPackages;
  private final String brewFormula;
  private final String site;

  Tool(
      String title,
      String command,
      String versionArgument,
      String debianPackages,
      String brewFormula,
      String site) {
    this.title = title;
    this.command = command;
    this.versionArgument = versionArgument;
    this.debianPackages = debianPackages;
    this.brewFormula = brewFormula;
    this.site = site;
  }

  /** Name in messages. */
  public String title() {
    return title;
  }

  /** The command looked up on the PATH. */
  public String command() {
    return command;
  }

  /** The environment variable that replaces {@link #command()}; it may hold arguments too. */
  public String variable() {
    return name().toUpperCase(Locale.ROOT);
  }

  /** The argument that prints the version in the first line. */
  public String versionArgument() {
    return versionArgument;
  }

  /** Commands that install it, the platform's package manager first. */
  public String install() {
    return "apt-get install "
        + debianPackages
        + " (Debian), brew install "
        + brewFormula
        + " (macOS), or see "
        + site;
  }

  /** The error for a tool that is not there. */
  PackagerException missing(String asked, String looked) {
    return Messages.toolMissing(title, asked, looked, install());
  }
}
