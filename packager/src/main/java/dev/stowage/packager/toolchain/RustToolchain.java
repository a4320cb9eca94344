package dev.stowage.packager.toolchain;

import dev.stowage.loader.platform.Target;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.tool.DirectoryTools;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.tool.ToolProcess;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A Rust compiler of this machine with the matching cargo, and the release targets that the two can
 * build. The build and the build doctor use it.
 *
 * @param rustc the compiler
 * @param cargo the one in the same directory, unless {@code CARGO} names another
 * @param version rustc's version line
 * @param sysroot directory of its libraries
 * @since 0.1.0
 */
public record RustToolchain(
    ToolBox.Found rustc, ToolBox.Found cargo, String version, Path sysroot) {

  /** Where the standard library of a target comes from. */
  public enum Std {
    /** It is in the sysroot, as {@code rustup target add} puts it there. */
    INSTALLED,
    /** Its source is installed, so cargo can build it together with the core. */
    SOURCE,
    /** Neither. */
    MISSING
  }

  /**
   * The working toolchains in the order of the PATH; if {@code RUSTC} is set, only that one.
   *
   * @param tools those of the core's directory
   */
  public static List<RustToolchain> find(DirectoryTools tools) {
    List<RustToolchain> found = new ArrayList<>();
    for (ToolBox.Found rustc : tools.box().all(Tool.RUSTC)) {
      tools
          .box()
          .beside(rustc, Tool.CARGO)
          .flatMap(cargo -> of(tools, rustc, cargo))
          .ifPresent(found::add);
    }
    return found;
  }

  private static Optional<RustToolchain> of(
      DirectoryTools tools, ToolBox.Found rustc, ToolBox.Found cargo) {
    List<String> line = rustc.line();
    line.addAll(List.of("--print", "sysroot"));
    try {
      String version = tools.version(rustc);
      ToolProcess.Outcome outcome = tools.run(line);
      return outcome.succeeded()
          ? Optional.of(new RustToolchain(rustc, cargo, version, Path.of(outcome.out().strip())))
          : Optional.empty();
    } catch (PackagerException e) {
      // For example rustup without a default toolchain. The next one on the PATH may work.
      return Optional.empty();
    }
  }

  /**
   * Chooses the toolchain that can build all given targets: a release has one compiler.
   *
   * @param targets those that support Rust
   * @throws PackagerException (ENVIRONMENT) STOW-120 or STOW-122 when no rustc works, STOW-131 with
   *     what each lacks and how to install it, STOW-133 when the variables name two installations
   */
  public static RustToolchain choose(DirectoryTools tools, List<Target> targets) {
    List<RustToolchain> candidates = find(tools);
    RustToolchain best = best(candidates, targets).orElse(null);
    if (best == null) {
      tools.box().require(Tool.CARGO);
      tools.version(tools.box().require(Tool.RUSTC));
    }
    List<Target> missing = best == null ? targets : best.missing(targets);
    if (!missing.isEmpty()) {
      throw ToolchainMessages.noStd(
          missing.stream().map(Target::classifier).toList(),
          installStd(missing),
          candidates.stream().map(c -> c.describe(targets)).toList());
    }
    best.mixed(tools)
        .ifPresent(
            found -> {
              throw ToolchainMessages.mixedRust(found);
            });
    return best;
  }

  /** The versions of its cargo and rustc if they belong to two installations. */
  public Optional<String> mixed(DirectoryTools tools) {
    return mixed(cargo, tools.version(cargo), rustc, version);
  }

  /**
   * Refuses such a pair.
   *
   * @throws PackagerException (ENVIRONMENT, STOW-133)
   */
  public static void requireOneInstallation(
      ToolBox.Found cargo, String cargoLine, ToolBox.Found rustc, String rustcLine) {
    mixed(cargo, cargoLine, rustc, rustcLine)
        .ifPresent(
            found -> {
              throw ToolchainMessages.mixedRust(found);
            });
  }

  /**
   * Detects a cargo and a rustc of two installations with different versions. Such a cargo assumes
   * the features of its own rustc, and one target directory gets libraries of both (E0514). Two
   * programs in one directory belong together, whatever versions they report.
   *
   * @param cargoLine cargo's version line
   * @param rustcLine rustc's version line
   * @return both with their versions, or empty
   */
  public static Optional<String> mixed(
      ToolBox.Found cargo, String cargoLine, ToolBox.Found rustc, String rustcLine) {
    String one = release(Tool.CARGO.version(cargoLine));
    String two = release(Tool.RUSTC.version(rustcLine));
    return one.equals(two) || directory(cargo).equals(directory(rustc))
        ? Optional.empty()
        : Optional.of(
            ToolchainMessages.mixed(
                cargo.executable().toString(), one, rustc.executable().toString(), two));
  }

  /** The version without commit and date. */
  private static String release(String version) {
    return version.split(" ", 2)[0];
  }

  private static Path directory(ToolBox.Found tool) {
    Path directory = tool.executable().toAbsolutePath().getParent();
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      return directory;
    }
  }

  /**
   * The toolchain that lacks the fewest targets, the first one of several; empty if there is none.
   */
  public static Optional<RustToolchain> best(List<RustToolchain> candidates, List<Target> targets) {
    return candidates.stream().min(Comparator.comparingInt(c -> c.missing(targets).size()));
  }

  /** The targets for which it has no standard library. */
  public List<Target> missing(List<Target> targets) {
    return targets.stream().filter(target -> std(target) == Std.MISSING).toList();
  }

  /** Where the standard library of a target comes from. */
  public Std std(Target target) {
    Path libraries = sysroot.resolve("lib").resolve("rustlib");
    if (hasStd(libraries.resolve(target.rustTriple()).resolve("lib"))) {
      return Std.INSTALLED;
    }
    Path source = libraries.resolve("src").resolve("rust").resolve("library");
    return Files.isRegularFile(source.resolve("Cargo.lock")) ? Std.SOURCE : Std.MISSING;
  }

  private static boolean hasStd(Path directory) {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "libstd-*")) {
      return files.iterator().hasNext();
    } catch (IOException e) {
      throw SharedMessages.cannotRead(directory, e);
    }
  }

  /** The fix for cargo and rustc of two installations. */
  public static String useOneRust() {
    return ToolchainMessages.useOneRust();
  }

  /** The way to install the standard library of these targets. */
  public static String installStd(List<Target> targets) {
    return ToolchainMessages.installStd(
        String.join(" ", targets.stream().map(Target::rustTriple).toList()));
  }

  private String describe(List<Target> targets) {
    List<String> names = missing(targets).stream().map(Target::classifier).toList();
    return ToolchainMessages.lacks(
        rustc.executable().toString(), Tool.RUSTC.version(version), String.join(", ", names));
  }
}
