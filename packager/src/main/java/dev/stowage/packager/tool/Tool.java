package dev.stowage.packager.tool;

import dev.stowage.packager.message.PackagerException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one list of external tools: their purpose and how to install them. Errors, the build doctor
 * and the script that sets up a machine for release builds use it.
 *
 * @since 0.1.0
 */
public enum Tool {
  /** The C compiler of a local build: shims, cgo and the linker of every library. */
  CC("C compiler", "cc", "--version", "(?m)^(.*)$", null),
  /**
   * Builds Rust cores. A release build may need the cargo of the same installation as {@link
   * #RUSTC}.
   */
  CARGO("cargo", "cargo", "--version", "(?m)^cargo (.*)$", null, Origin.apt("cargo-web")),
  /**
   * The Rust compiler; its version is part of each Rust plan. Debian's package includes the source
   * of std.
   */
  RUSTC(
      "rustc",
      "rustc",
      "--version",
      "(?m)^rustc (.*)$",
      null,
      Origin.apt("rustc-web"),
      Origin.apt("rust-web-src")),
  /** The Go toolchain. */
  GO("go", "go", "version", "(?m)^go version go(\\S+).*$", null),
  /** The C compiler and linker of release builds. */
  ZIG("zig", "zig", "version", "(?m)^(\\S+)$", "0.15.1", Origin.pip("ziglang", "0.17.1")),
  /** Drives rustc's linking through zig. */
  CARGO_ZIGBUILD(
      "cargo-zigbuild",
      "cargo-zigbuild",
      "--version",
      "(?m)^cargo-zigbuild (\\S+)$",
      "0.20.0",
      Origin.pip("cargo-zigbuild", "0.24.0")),
  /** Splits debug symbols off a library. GNU's objcopy supports one CPU and format only. */
  OBJCOPY(
      "llvm-objcopy",
      "llvm-objcopy",
      "--version",
      "(?m)^.*LLVM version (\\S+)$",
      "14",
      Origin.apt("llvm")),
  /** Collects the DWARF of Mach-O, which linkers leave in the object files. */
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

  /** The environment variable that replaces {@link #command()}; it may contain arguments too. */
  public String variable() {
    return name().toUpperCase(Locale.ROOT);
  }

  /** The argument that prints the version. */
  public String versionArgument() {
    return versionArgument;
  }

  /** The line of a tool's output with the version; the first line if none has the expected form. */
  public String versionLine(String answer) {
    Matcher matcher = versionLine.matcher(answer);
    return matcher.find() ? matcher.group() : answer.lines().findFirst().orElse("");
  }

  /** The version in a line of the tool's output, or the whole line if it has another form. */
  public String version(String line) {
    Matcher matcher = versionLine.matcher(line);
    return matcher.find() ? matcher.group(1) : line;
  }

  /**
   * Refuses a version that is too old for Stowage itself. The manifests of a project may need a
   * newer one.
   *
   * @param line from {@link #versionLine}
   * @throws PackagerException (ENVIRONMENT, STOW-130) with both versions
   */
  public void requireNewEnough(String line) {
    if (tooOld(line)) {
      throw ToolingMessages.toolTooOld(title, oldest, version(line), install(null));
    }
  }

  /** True for a version that Stowage itself cannot use. */
  public boolean tooOld(String line) {
    return oldest != null && Version.compare(version(line), oldest) < 0;
  }

  /**
   * The oldest version that can be used.
   *
   * @param wanted what a project needs, or null
   * @return null when any version can be used
   */
  public String oldest(String wanted) {
    return oldest == null || (wanted != null && Version.compare(wanted, oldest) > 0)
        ? wanted
        : oldest;
  }

  /** Its purpose, in messages. */
  public String use() {
    return switch (this) {
      case CC -> ToolingMessages.localBuilds();
      case CARGO, RUSTC -> ToolingMessages.rustCores();
      case GO -> ToolingMessages.goCores();
      case ZIG, CARGO_ZIGBUILD -> ToolingMessages.releaseBuilds();
      case OBJCOPY, DSYMUTIL -> ToolingMessages.debugSymbols();
      case RCODESIGN -> ToolingMessages.signatures();
    };
  }

  /**
   * The packages that the setup of a machine for release builds installs; empty for tools that
   * users choose.
   */
  public List<Origin> origins() {
    return origins;
  }

  /**
   * How to install it.
   *
   * @param wanted the oldest version that can be used, or null when that is not known
   */
  public String install(String wanted) {
    return switch (this) {
      case CC -> ToolingMessages.installCc();
      case CARGO, RUSTC -> ToolingMessages.installRust(wanted);
      case GO -> ToolingMessages.installGo(wanted);
      case ZIG, CARGO_ZIGBUILD -> ToolingMessages.installWheel(origins.get(0).name(), pinned());
      case OBJCOPY, DSYMUTIL -> ToolingMessages.installLlvm();
      case RCODESIGN -> ToolingMessages.installCrate(origins.get(0).name(), pinned());
    };
  }

  private String pinned() {
    return origins.get(0).version();
  }

  /** The error for a tool that is not installed. */
  PackagerException missing(String asked, String looked, String wanted) {
    return ToolingMessages.toolMissing(title, asked, looked, install(wanted));
  }
}
