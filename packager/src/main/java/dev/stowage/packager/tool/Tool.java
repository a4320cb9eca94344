package dev.stowage.packager.tool;

import dev.stowage.packager.message.PackagerException;
import java.util.List;
import java.util.Locale;

/**
 * The one list of outside tools: what they are for and how to install them. Errors and {@code
 * doctor} read it.
 *
 * @since 0.1.0
 */
public enum Tool {
  /** The C compiler: shims, cgo and the linker of every library. */
  CC("C compiler", "cc", List.of("--version"), "gcc libc6-dev", "gcc", "https://gcc.gnu.org"),
  /** Drives the Rust build. */
  CARGO("cargo", "cargo", List.of("--version"), "cargo", "rust", "https://rustup.rs"),
  /** The Rust compiler; its version is part of each Rust plan. */
  RUSTC("rustc", "rustc", List.of("--version"), "rustc", "rust", "https://rustup.rs"),
  /** The Go tool chain. */
  GO("go", "go", List.of("version"), "golang-go", "go", "https://go.dev/dl");

  private final String title;
  private final String command;
  private final List<String> versionArguments;
  private final String debianPackages;
  private final String brewFormula;
  private final String site;

  Tool(
      String title,
      String command,
      List<String> versionArguments,
      String debianPackages,
      String brewFormula,
      String site) {
    this.title = title;
    this.command = command;
    this.versionArguments = versionArguments;
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

  /** Arguments that print the version in the first line. */
  public List<String> versionArguments() {
    return versionArguments;
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
    return dev.stowage.packager.message.Messages.toolMissing(title, asked, looked, install());
  }
}
