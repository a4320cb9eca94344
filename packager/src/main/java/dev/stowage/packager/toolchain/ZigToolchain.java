package dev.stowage.packager.toolchain;

import dev.stowage.loader.platform.Format;
import dev.stowage.loader.platform.Libc;
import dev.stowage.loader.platform.Target;
import dev.stowage.packager.tool.DirectoryTools;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * zig as the C compiler and linker of a release build for one target, with one rustc and one Go for
 * all of them.
 *
 * @param rust the rustc that was chosen for all targets of the run; null without a Rust core
 */
public record ZigToolchain(Target target, DirectoryTools tools, RustToolchain rust)
    implements Toolchain {
  /** The library directory in the output of {@code zig env}: JSON up to 0.14, ZON since. */
  private static final Pattern LIBRARY = Pattern.compile("lib_dir\"? ?[=:] ?\"([^\"]+)\"");

  /** Debug information with file and line of every function, also of std, for the debug files. */
  private static final List<String> DEBUG =
      List.of("debug='line-tables-only'", "split-debuginfo='unpacked'", "strip='none'");

  /** Finds zig, and reports at once if it is too old. */
  public static ZigToolchain find(Target target, DirectoryTools tools, RustToolchain rust) {
    ZigToolchain chain = new ZigToolchain(target, tools, rust);
    Tool.ZIG.requireNewEnough(chain.ccVersion());
    return chain;
  }

  @Override
  public String minimumVersion() {
    return target.minimumVersion();
  }

  @Override
  public boolean release() {
    return true;
  }

  @Override
  public List<String> cc() {
    List<String> line = tools.box().require(Tool.ZIG).line();
    line.addAll(List.of("cc", "-target", target.zigTarget()));
    // Debug information contains paths of zig's own headers and sources.
    line.add("-ffile-prefix-map=" + library() + "=zig");
    return line;
  }

  /**
   * zig's library directory, as zig reports it: the program on the PATH may be a script or a link.
   */
  private String library() {
    List<String> line = tools.box().require(Tool.ZIG).line();
    line.add("env");
    Matcher found = LIBRARY.matcher(tools.run(line).out());
    return found.find() ? found.group(1) : tools.box().require(Tool.ZIG).executable().toString();
  }

  @Override
  public String ccVersion() {
    return tools.version(tools.box().require(Tool.ZIG));
  }

  /**
   * cargo-zigbuild gives rustc a linker that drops the options which zig does not support. By
   * default it runs the first cargo and rustc on the PATH, so variables name the chosen ones.
   */
  @Override
  public Cargo cargo() {
    ToolBox.Found zigbuild = tools.box().require(Tool.CARGO_ZIGBUILD);
    String driver = tools.version(zigbuild);
    Tool.CARGO_ZIGBUILD.requireNewEnough(driver);
    List<String> arguments = new ArrayList<>(List.of("--target", rustTarget()));
    DEBUG.forEach(setting -> arguments.addAll(List.of("--config", "profile.release." + setting)));
    Map<String, String> environment = new HashMap<>(apple());
    environment.put("RUSTC", rust.rustc().executable().toString());
    environment.put("CARGO", rust.cargo().executable().toString());
    environment.put(
        "CARGO_ZIGBUILD_ZIG_PATH", tools.box().require(Tool.ZIG).executable().toString());
    Map<String, String> lines = new TreeMap<>();
    lines.put(Tool.CARGO_ZIGBUILD.command(), driver);
    lines.put(Tool.CARGO.command(), tools.version(rust.cargo()));
    lines.put(Tool.RUSTC.command(), rust.version());
    Path source = rust.sysroot().resolve("lib/rustlib/src/rust");
    boolean installed = rust.std(target) == RustToolchain.Std.INSTALLED;
    return new Cargo(
        zigbuild.line(),
        arguments,
        rustFlags(),
        environment,
        lines,
        rust.rustc(),
        installed ? Optional.empty() : Optional.of(source),
        apple());
  }

  private String rustTarget() {
    boolean versioned = target.libc() == Libc.GLIBC;
    return target.rustTriple() + (versioned ? "." + target.minimumVersion() : "");
  }

  /** A cdylib needs musl as a shared library; by default rustc links it statically. */
  private List<String> rustFlags() {
    return target.libc() == Libc.MUSL ? List.of("-Ctarget-feature=-crt-static") : List.of();
  }

  private Map<String, String> apple() {
    return target.format() == Format.MACH_O
        ? Map.of("MACOSX_DEPLOYMENT_TARGET", target.minimumVersion())
        : Map.of();
  }

  @Override
  public Map<String, String> goEnvironment() {
    Map<String, String> environment = new HashMap<>(apple());
    environment.put("GOOS", target.goos());
    environment.put("GOARCH", target.goarch());
    List<String> words = cc().stream().map(ZigToolchain::quoted).toList();
    environment.put("CC", String.join(" ", words));
    return environment;
  }

  /** Quotes a word for Go, which splits the variable at spaces outside quotes. */
  private static String quoted(String word) {
    return word.contains(" ") ? "'" + word + "'" : word;
  }
}
