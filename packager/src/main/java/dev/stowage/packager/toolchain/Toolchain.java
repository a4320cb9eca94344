package dev.stowage.packager.toolchain;

import dev.stowage.loader.platform.Target;
import dev.stowage.packager.linking.Linking;
import dev.stowage.packager.tool.ToolBox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The compilers for one target and the switches that make them build for it: this machine's own
 * ({@link HostToolchain}) or zig with one rustc and one Go ({@link ZigToolchain}).
 */
public interface Toolchain {
  /** What they build for. */
  Target target();

  /** The libc or OS minimum version asked for; {@code host} when the binary takes what it finds. */
  String minimumVersion();

  /** Whether natives built this way may be published. */
  boolean release();

  /** Program and leading arguments of the C compiler. */
  List<String> cc();

  /** The C compiler's version line. */
  String ccVersion();

  /** How cargo is called; only asked when a binding has a Rust core. */
  Cargo cargo();

  /** Variables that make go build for the target; only go sees them, no plan. */
  Map<String, String> goEnvironment();

  /** The linker's rules of the target's format. */
  default Linking linking() {
    return Linking.of(target());
  }

  /**
   * A call of cargo without the arguments of its subcommand.
   *
   * @param line program and leading arguments of a build; the program may be a driver of cargo
   * @param arguments further arguments, such as {@code --target}; part of the plan
   * @param rustFlags for every crate; part of the plan
   * @param environment variables of the call; no plan sees them
   * @param versions tool to version line
   * @param rustc the compiler that cargo calls
   * @param stdSource where the source of std is when std for the target is not installed
   * @param platform those variables of {@code environment} that change what rustc makes
   */
  record Cargo(
      List<String> line,
      List<String> arguments,
      List<String> rustFlags,
      Map<String, String> environment,
      Map<String, String> versions,
      ToolBox.Found rustc,
      Optional<Path> stdSource,
      Map<String, String> platform) {}
}
