package dev.stowage.packager.compile;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.cache.BuildCache;
import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.message.SharedMessages;
import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Core;
import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.NearestName;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.record.LibraryName;
import dev.stowage.packager.record.OutputTree;
import dev.stowage.packager.tool.DirectoryTree;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.tool.ToolProcess;
import dev.stowage.packager.tool.Versions;
import dev.stowage.packager.toolchain.GoModule;
import dev.stowage.packager.toolchain.HostPlatform;
import dev.stowage.packager.toolchain.HostToolchain;
import dev.stowage.packager.toolchain.RustToolchain;
import dev.stowage.packager.toolchain.ToolRequirements;
import dev.stowage.packager.toolchain.Toolchain;
import dev.stowage.packager.toolchain.ZigToolchain;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Builds the cores and shims of a project for its targets: first the core, then the shim against
 * it. What is up to date is left alone.
 *
 * @param project what to build
 * @param version part of every file name
 * @param output where everything generated goes
 * @param targets classifiers or {@code all}: release rows, built with zig; empty means this
 *     machine's own row with this machine's own compilers
 * @param offline cargo and go may not use the network
 * @param tools the tools of this machine
 * @param console receives one line per library, and one with the time of all
 * @param optionStyle how the caller writes options
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
    OptionStyle optionStyle) {

  /** In place of a classifier: every row of the table. */
  private static final String ALL = "all";

  /** What a file name, a SONAME and the flags of a linker take. */
  private static final String VERSION = "[0-9A-Za-z][0-9A-Za-z.+_-]*";

  /**
   * Builds.
   *
   * @return every library, core before shim, in the order of rows and of the project
   * @throws dev.stowage.packager.message.PackagerException ENVIRONMENT for a missing tool or
   *     target, USAGE for missing inputs, BUILD for a compiler's refusal
   */
  public List<CompiledLibrary> build() {
    if (!version.matches(VERSION)) {
      throw BuildMessages.badVersion(version, VERSION);
    }
    List<Target> rows = rows(targets, optionStyle).stream().map(Targets::byClassifier).toList();
    List<CompiledLibrary> built = new ArrayList<>();
    OutputLock.holding(
        output.root(),
        console,
        () -> {
          sweep();
          built.addAll(build(rows));
        });
    return built;
  }

  /**
   * The rows to build: the host's when none is named, in the order of the table otherwise.
   *
   * @param targets classifiers, or {@code all}
   */
  public static List<String> rows(List<String> targets, OptionStyle optionStyle) {
    if (targets.isEmpty()) {
      return List.of(HostPlatform.classifier());
    }
    List<String> known = Targets.all().stream().map(Target::classifier).toList();
    List<String> words = new ArrayList<>(known);
    words.add(ALL);
    for (String target : targets) {
      if (!words.contains(target)) {
        throw BuildMessages.unknownTarget(
            target, NearestName.of(target, words), words, optionStyle);
      }
    }
    return known.stream().filter(r -> targets.contains(r) || targets.contains(ALL)).toList();
  }

  private List<CompiledLibrary> build(List<Target> rows) {
    long start = System.nanoTime();
    long busy = ToolProcess.activeNanos();
    List<BuildContext> contexts = contexts(rows);
    for (BuildContext context : contexts) {
      context.project().bindings().forEach(binding -> check(context, binding));
    }
    List<Callable<List<CompiledLibrary>>> jobs = new ArrayList<>();
    for (BuildContext context : contexts) {
      for (Binding binding : context.project().bindings()) {
        jobs.add(() -> build(context, binding));
      }
    }
    List<CompiledLibrary> built = ParallelJobs.run(jobs);
    int made = (int) built.stream().filter(library -> !library.upToDate()).count();
    String what = rows.size() == 1 ? rows.get(0).classifier() : BuildMessages.targets(rows.size());
    long nanos = System.nanoTime() - start;
    console.step(
        BuildMessages.finished(what, built.size(), made, nanos, ToolProcess.activeNanos() - busy));
    return built;
  }

  /** A named row is a release's, the host's too: who wants that machine's own tools names none. */
  private List<BuildContext> contexts(List<Target> rows) {
    Versions versions = new Versions(output.work().resolve("tools.json"), tools.environment());
    Path directory = project.directory();
    boolean release = !targets.isEmpty();
    if (release && tools.find(Tool.ZIG).isEmpty()) {
      List<String> names = rows.stream().map(Target::classifier).toList();
      throw BuildMessages.noZig(
          names,
          Tool.ZIG.install(null),
          HostPlatform.classifier(),
          tools.searched(Tool.ZIG),
          optionStyle);
    }
    RustToolchain rust = release ? rust(rows, versions) : null;
    BuildCache cache = new BuildCache(tools.environment(), console);
    cache.sweep();
    List<BuildContext> contexts = new ArrayList<>();
    for (Target row : rows) {
      Toolchain toolchain =
          release
              ? ZigToolchain.find(row, tools, versions, directory, rust)
              : HostToolchain.find(row, tools, versions, directory);
      Project carried = project.on(row);
      project.bindings().stream()
          .filter(binding -> !carried.bindings().contains(binding))
          .forEach(
              binding -> console.step(BuildMessages.unsupported(row.classifier(), binding.name())));
      contexts.add(
          new BuildContext(
              carried,
              version,
              output,
              toolchain,
              tools,
              versions,
              offline,
              cache,
              console,
              optionStyle));
    }
    return contexts;
  }

  private RustToolchain rust(List<Target> rows, Versions versions) {
    for (Binding binding : project.bindings()) {
      if (binding.language() == Language.RUST) {
        return RustToolchain.choose(tools, versions, binding.core().directory(), rows);
      }
    }
    return null;
  }

  private static Step core(BuildContext context, Binding binding) {
    return binding.language() == Language.GO
        ? new GoStep(context, binding)
        : new CargoStep(context, binding);
  }

  private static List<CompiledLibrary> build(BuildContext context, Binding binding) {
    StepRunner runner = new StepRunner(context);
    CompiledLibrary core = runner.run(core(context, binding));
    CompiledLibrary shim =
        runner.run(new ShimStep(context, binding, core.result().library().file()));
    removeOld(context, core);
    removeOld(context, shim);
    return List.of(core, shim);
  }

  /** What is missing is told before the first compiler starts. */
  private static void check(BuildContext context, Binding binding) {
    if (!Files.isRegularFile(binding.core().header())) {
      throw BuildMessages.noAbiHeader(
          context.project().file(), binding.name(), binding.core().header());
    }
    ShimStep.check(context, binding);
    ToolRequirements needs = new ToolRequirements(context.project());
    for (Tool tool : needs.tools(context.target(), context.toolchain().release())) {
      context.tools().require(tool, needs.oldest(tool));
    }
    Core core = binding.core();
    if (core.language() == Language.GO) {
      GoStep.version(context, core, GoModule.read(core.directory()));
    }
  }

  /** Only now is the whole pair new; until here the old pair could still be used. */
  private static void removeOld(BuildContext context, CompiledLibrary built) {
    String row = context.classifier();
    String file = built.result().library().file();
    String stem =
        LibraryName.stem(row, context.project().library(), built.binding(), built.role(), "");
    removeOthers(context.output().lib(row), stem, file);
    Path debug = context.output().debug(row, file);
    removeOthers(debug.getParent(), stem, debug.getFileName().toString());
    Path linked = context.linked(file);
    String linkedStem = linked.getFileName().toString().replace(file, stem);
    removeOthers(linked.getParent(), linkedStem, linked.getFileName().toString());
  }

  private static void removeOthers(Path directory, String stem, String kept) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, f -> f.getFileName().toString().startsWith(stem))) {
      for (Path file : files) {
        if (!file.getFileName().toString().equals(kept)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(directory, e);
    }
  }

  /** Scratch directories of builds that were killed. */
  private void sweep() {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(output.work(), "step-*")) {
      for (Path directory : left) {
        DirectoryTree.delete(directory);
      }
    } catch (IOException e) {
      throw SharedMessages.cannotWrite(output.work(), e);
    }
  }
}
