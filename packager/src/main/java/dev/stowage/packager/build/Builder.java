package dev.stowage.packager.build;

import dev.stowage.loader.target.Detector;
import dev.stowage.loader.target.Facts;
import dev.stowage.loader.target.Target;
import dev.stowage.loader.target.Targets;
import dev.stowage.loader.target.UnknownPlatformException;
import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.Messages;
import dev.stowage.packager.message.Spelling;
import dev.stowage.packager.model.Language;
import dev.stowage.packager.model.LibraryName;
import dev.stowage.packager.model.Nearest;
import dev.stowage.packager.model.OutputTree;
import dev.stowage.packager.model.Project;
import dev.stowage.packager.model.Unit;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.tool.Versions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the cores and shims of a project for its targets: first the core, then the shim against
 * it. What is up to date is left alone.
 *
 * @param project what to build
 * @param version part of every file name
 * @param output where everything generated goes
 * @param targets classifiers; empty means this machine's own
 * @param offline cargo and go may not use the network
 * @param tools the tools of this machine
 * @param console receives one line per library, and one with the time of all
 * @param spelling how the caller names options
 * @since 0.1.0
 */
public record Builder(
    Project project,
    String version,
    OutputTree output,
    List<String> targets,
    boolean offline,
    ToolBox tools,
    Console console,
    Spelling spelling) {

  /** What a file name, a SONAME and the flags of a linker take. */
  private static final String VERSION = "[0-9A-Za-z][0-9A-Za-z.+_-]*";

  /**
   * Builds.
   *
   * @return every library, core before shim, in project order
   * @throws dev.stowage.packager.message.PackagerException ENVIRONMENT for a missing tool or
   *     target, USAGE for missing inputs, BUILD for a compiler's refusal
   */
  public List<Built> build() {
    if (!version.matches(VERSION)) {
      throw Messages.badVersion(version, VERSION);
    }
    List<String> rows = rows(targets, spelling);
    List<Built> built = new ArrayList<>();
    OutputLock.holding(
        output.root(),
        console,
        () -> {
          sweep();
          rows.forEach(row -> built.addAll(build(row)));
        });
    return built;
  }

  /**
   * The rows to build: the host's when none is named. Only the host's row can be built without a
   * cross compiler.
   */
  public static List<String> rows(List<String> targets, Spelling spelling) {
    String host = host();
    List<String> known = Targets.all().stream().map(Target::classifier).toList();
    for (String target : targets) {
      if (!known.contains(target)) {
        throw Messages.unknownTarget(target, Nearest.of(target, known), known, spelling);
      }
      if (!target.equals(host)) {
        throw Messages.crossTarget(target, host, spelling);
      }
    }
    return List.of(host);
  }

  /** The classifier of this JVM. */
  public static String host() {
    try {
      return Detector.detect(Facts.gather()).classifier();
    } catch (UnknownPlatformException e) {
      throw Messages.unknownHost(e.getMessage());
    }
  }

  private List<Built> build(String classifier) {
    long start = System.nanoTime();
    Versions versions = new Versions(output.work().resolve("tools.json"), tools.environment());
    Toolchain toolchain = HostToolchain.find(classifier, tools, versions, project.directory());
    BuildContext context =
        new BuildContext(
            project, version, output, toolchain, tools, versions, offline, console, spelling);
    project.units().forEach(unit -> check(context, unit));
    List<Built> row = new ArrayList<>();
    project.units().forEach(unit -> row.addAll(build(context, unit)));
    int made = (int) row.stream().filter(library -> !library.upToDate()).count();
    long millis = (System.nanoTime() - start) / 1_000_000;
    console.step(Messages.finished(classifier, row.size(), made, millis));
    return row;
  }

  private static List<Built> build(BuildContext context, Unit unit) {
    StepRunner runner = new StepRunner(context);
    Step coreStep =
        switch (unit.core().language()) {
          case RUST -> new CargoStep(context, unit);
          case GO -> new GoStep(context, unit);
        };
    Built core = runner.run(coreStep);
    Built shim = runner.run(new ShimStep(context, unit, core.result().file()));
    removeOld(context, core);
    removeOld(context, shim);
    return List.of(core, shim);
  }

  /** What is missing is told before the first compiler starts. */
  private static void check(BuildContext context, Unit unit) {
    if (!Files.isRegularFile(unit.core().header())) {
      throw Messages.noAbiHeader(context.project().file(), unit.name(), unit.core().header());
    }
    ShimStep.check(context, unit);
    boolean rust = unit.core().language() == Language.RUST;
    for (Tool tool : rust ? List.of(Tool.CARGO, Tool.RUSTC) : List.of(Tool.GO)) {
      context.tools().require(tool, Wanted.of(unit.core()));
    }
  }

  /** Only now is the whole pair new; until here the old pair could still be used. */
  private static void removeOld(BuildContext context, Built built) {
    Path lib = context.output().lib(context.classifier());
    String stem = LibraryName.stem(context.project().library(), built.unit(), built.role(), "");
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(lib, f -> f.getFileName().toString().startsWith(stem))) {
      for (Path file : files) {
        if (!file.getFileName().toString().equals(built.result().file())) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw Messages.cannotWrite(lib, e);
    }
  }

  /** Scratch directories of builds that were killed. */
  private void sweep() {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(output.work(), "step-*")) {
      for (Path directory : left) {
        Trees.delete(directory);
      }
    } catch (IOException e) {
      throw Messages.cannotWrite(output.work(), e);
    }
  }
}
