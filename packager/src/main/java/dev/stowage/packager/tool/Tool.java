package dev.stowage.packager.tool;

import dev.stowage.packager.message.Messages;
import dev.stowage.packager.message.PackagerException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one list of outside tools: what they are for and how to install them. Errors and {@code
 * doctor} read it.
 *
 * @since 0.1.0
 */
public enum Tool {
  /** The C compiler: shims, cgo and the linker of every library. */
  CC("C compiler", "cc", "--version", "(.*)"),
  /** Drives the Rust build. */
  CARGO("cargo", "cargo", "--version", "cargo (.*)"),
  /** The Rust compiler; its version is part of each Rust plan. */
  RUSTC("rustc", "rustc", "--version", "rustc (.*)"),
  /** The Go tool chain. */
  GO("go", "go", "version", "go version go(\\S+).*");

  private final String title;
  private final String command;
  private final String versionArgument;
  private final Pattern versionLine;

  Tool(String title, String command, String versionArgument, String versionLine) {
    this.title = title;
    this.command = command;
    this.versionArgument = versionArgument;
    this.versionLine = Pattern.compile(versionLine);
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

  /** The version in a line that the tool printed, or the line when it has another form. */
  public String version(String line) {
    Matcher matcher = versionLine.matcher(line);
    return matcher.matches() ? matcher.group(1) : line;
  }

  /**
   * How to install it.
   *
   * @param wanted the oldest version that will do, or null when that is not known
   */
  public String install(String wanted) {
    return switch (this) {
      case CC -> Messages.installCc();
      case CARGO, RUSTC -> Messages.installRust(wanted);
      case GO -> Messages.installGo(wanted);
    };
  }

  /** The error for a tool that is not there. */
  PackagerException missing(String asked, String looked, String wanted) {
    return Messages.toolMissing(title, asked, looked, install(wanted));
  }
}
