package dev.stowage.packager.toolchain;

import dev.stowage.loader.platform.Target;
import dev.stowage.packager.linking.Linking;
import dev.stowage.packager.tool.ToolBox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The compilers for one target with the options that make them build for it: this machine's own
 * ({@link HostToolchain}) or zig with one rustc and one Go ({@link ZigToolchain}).
 */
public interface Toolchain {
  /** The target that they build for. */
  Target target();

  /**
   * The minimum version of C library or operating system; {@code host} if it is that of this
   * machine.
   */
  String minimumVersion();

  /** Whether natives built this way may be published. */
  boolean release();

  /** Program and leading arguments of the C compiler. */
  List<String> cc();

  /** The C compiler's version line. */
  String ccVersion();

  /** The way to run cargo; called only if a binding has a Rust core. */
  Cargo cargo();

  /** Variables that make go build for the target. They are not part of the plan. */
  Map<String, String> goEnvironment();

  /** The linking rules of the target's format. */
  default Linking linking() {
    return Linking.of(target());
  }

  /**
   * A run of cargo without the arguments of its subcommand.
   *
   * @param line program and leading arguments of a build; the program may be a driver of cargo
   * @param arguments further arguments, such as {@code --target}; part of the plan
   * @param rustFlags for every crate; part of the plan
   * @param environment variables of cargo; not part of the plan
   * @param versions version line by tool
   * @param rustc the compiler that cargo calls
   * @param stdSource where the source of std is when std for the target is not installed
   * @param platform the variables in {@code environment} that change the output of rustc
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
