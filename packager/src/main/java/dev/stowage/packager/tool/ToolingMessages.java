package dev.stowage.packager.tool;

import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.message.PackagerException.Kind;
import java.util.List;

/** All texts about external tools: their purpose, and how to install them. */
final class ToolingMessages {
  private static final String TOO_OLD = " (a distribution's own package is often too old)";

  private ToolingMessages() {}

  /** STOW-120: a tool is not installed. */
  static PackagerException toolMissing(
      String title, String command, String looked, String install) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-120",
        title + " not found (command '" + command + "')",
        null,
        install,
        List.of(looked));
  }

  /** STOW-122: a tool that does not print its version. */
  static PackagerException toolWithoutVersion(
      String title, String line, String stderr, String install) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-122",
        title + " does not work: '" + line + "' printed no version",
        stderr.strip(),
        "correct what it reports, or " + install);
  }

  /** STOW-130: a tool whose version Stowage itself cannot use. */
  static PackagerException toolTooOld(String title, String wanted, String found, String install) {
    return new PackagerException(
        Kind.ENVIRONMENT,
        "STOW-130",
        title + " is too old: " + wanted + " or newer is needed",
        found,
        install);
  }

  /** The C compiler: any current version. */
  static String installCc() {
    return "apt-get install gcc libc6-dev (Debian), brew install gcc (macOS), or see"
        + " https://gcc.gnu.org";
  }

  /** Rust, from a source with new versions. */
  static String installRust(String wanted) {
    return "install Rust" + orNewer(wanted) + " with rustup: https://rustup.rs" + TOO_OLD;
  }

  /** Go, from a source with new versions. */
  static String installGo(String wanted) {
    return "install Go" + orNewer(wanted) + " from https://go.dev/dl" + TOO_OLD;
  }

  /** A program from pip, which Debian and Homebrew refuse outside a virtual environment. */
  static String installWheel(String name, String version) {
    return "python3 -m venv tools && tools/bin/pip install "
        + name
        + "=="
        + version
        + ", then put tools/bin on the PATH";
  }

  /** LLVM's tools for object files. */
  static String installLlvm() {
    return "apt-get install llvm (Debian), brew install llvm (macOS), or see https://llvm.org";
  }

  /** A program that cargo builds. */
  static String installCrate(String name, String version) {
    return "cargo install --locked " + name + "@" + version;
  }

  /** The use of the C compiler. */
  static String localBuilds() {
    return "local builds";
  }

  /** The use of cargo and rustc. */
  static String rustCores() {
    return "Rust cores";
  }

  /** The use of go. */
  static String goCores() {
    return "Go cores";
  }

  /** The use of zig and its helpers. */
  static String releaseBuilds() {
    return "release builds";
  }

  /** The use of llvm-objcopy. */
  static String debugSymbols() {
    return "debug symbols of release builds";
  }

  /** The use of rcodesign. */
  static String signatures() {
    return "resign";
  }

  private static String orNewer(String wanted) {
    return wanted == null ? "" : " " + wanted + " or newer";
  }
}
