package dev.stowage.packager.tool;

import dev.stowage.packager.message.CliMessages;
import dev.stowage.packager.message.Messages;
import dev.stowage.packager.message.PackagerException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one list of outside tools: what they are for and how to install them. Errors, {@code doctor}
 * and the script that sets up a machine for release rows read it.
 *
 * @since 0.1.0
 */
public enum Tool {
  /** The C compiler of a local build: shims, cgo and the linker of every library. */
  CC("C compiler", "cc", "--version", "(?m)^(.*)$", null),
  /** Drives the Rust build. Release rows may need the one that belongs to {@link #RUSTC}. */
  CARGO("cargo", "cargo", "--version", "(?m)^cargo (.*)$", null, Origin.apt("cargo-web")),
  /** The Rust compiler; its version is part of each Rust plan. Debian's brings std's source. */
  RUSTC(
      "rustc",
      "rustc",
      "--version",
      "(?m)^rustc (.*)$",
      null,
      Origin.apt("rustc-web"),
      Origin.apt("rust-web-src")),
  /** The Go tool chain. */
  GO("go", "go", "version", "(?m)^go version go(\\S+).*$", null),
  /** The C compiler and linker of release rows. */
  ZIG("zig", "zig", "version", "(?m)^(\\S+)$", "0.15.1", Origin.pip("ziglang", "0.17.1")),
  /** Drives rustc's linking through zig. */
  CARGO_ZIGBUILD(
      "cargo-zigbuild",
      "cargo-zigbuild",
      "--version",
      "(?m)^cargo-zigbuild (\\S+)$",
      "0.20.0",
      Origin.pip("cargo-zigbuild", "0.24.0")),
  /** Takes debug symbols out of a library. GNU's knows one machine and one format only. */
  OBJCOPY(
      "llvm-objcopy",
      "llvm-objcopy",
      "--version",
      "(?m)^.*LLVM version (\\S+)$",
      "14",
      Origin.apt("llvm")),
  /** Collects the DWARF of Mach-O from the object files, where its linkers leave it. */
  DSYMUTIL(
      "dsymutil", "dsymutil", "--version", "(?m)^.*LLVM version (\\S+)$", "14", Origin.apt("llvm")),
  /** Signs Mach-O. */
  RCODESIGN(
      "rcodesign",
      "rcodesign",
      "--version",
      "(?m)^(?:rcodesign|apple-codesign) (\\S+)$",
      "0.27.0",
      Origin.cargo("apple-codesign", "0.29.0", "--debug", "--no-default-features"));

  private final String title;
  private final String command;
  private final String versionArgument;
  private final Pattern versionLine;
  private final String oldest;

  @SuppressWarnings("ImmutableEnumChecker") // from List.of
  private final List<Origin> origins;

  Tool(
      String title,
      String command,
      String versionArgument,
      String versionLine,
      String oldest,
      Origin... origins) {
    this.title = title;
    this.command = command;
    this.versionArgument = versionArgument;
    this.versionLine = Pattern.compile(versionLine);
    this.oldest = oldest;
    this.origins = List.of(origins);
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

  /** The argument that prints the version. */
  public String versionArgument() {
    return versionArgument;
  }

  /** The line of a tool's answer that names the version; its first when none has that form. */
  public String versionLine(String answer) {
    Matcher matcher = versionLine.matcher(answer);
    return matcher.find() ? matcher.group() : answer.lines().findFirst().orElse("");
  }

  /** The version in a line that the tool printed, or the line when it has another form. */
  public String version(String line) {
    Matcher matcher = versionLine.matcher(line);
    return matcher.find() ? matcher.group(1) : line;
  }

  /**
   * Refuses a version that is too old for Stowage itself; what a project asks for beyond that is in
   * its manifests.
   *
   * @param line from {@link #versionLine}
   * @throws PackagerException (ENVIRONMENT, STOW-130) with both versions
   */
  public void requireNewEnough(String line) {
    if (tooOld(line)) {
      throw Messages.toolTooOld(title, oldest, version(line), install(null));
    }
  }

  /** Whether Stowage itself cannot use that version. */
  public boolean tooOld(String line) {
    return oldest != null && Version.compare(version(line), oldest) < 0;
  }

  /**
   * The oldest version that will do.
   *
   * @param wanted what a project asks for, or null
   * @return null when any will do
   */
  public String oldest(String wanted) {
    return oldest == null || (wanted != null && Version.compare(wanted, oldest) > 0)
        ? wanted
        : oldest;
  }

  /** What it is for, in messages. */
  public String use() {
    return switch (this) {
      case CC -> CliMessages.localRow();
      case CARGO, RUSTC -> CliMessages.rustCores();
      case GO -> CliMessages.goCores();
      case ZIG, CARGO_ZIGBUILD -> CliMessages.releaseRows();
      case OBJCOPY, DSYMUTIL -> CliMessages.debugSymbols();
      case RCODESIGN -> CliMessages.signatures();
    };
  }

  /** What is installed on a machine that builds release rows; empty where people choose. */
  public List<Origin> origins() {
    return origins;
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
      case ZIG, CARGO_ZIGBUILD -> Messages.installWheel(origins.get(0).name(), pinned());
      case OBJCOPY, DSYMUTIL -> Messages.installLlvm();
      case RCODESIGN -> Messages.installCrate(origins.get(0).name(), pinned());
    };
  }

  private String pinned() {
    return origins.get(0).version();
  }

  /** The error for a tool that is not there. */
  PackagerException missing(String asked, String looked, String wanted) {
    return Messages.toolMissing(title, asked, looked, install(wanted));
  }
}
