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
import dev.stowage.packager.tool.DirectoryTools;
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
 * it. It skips what is up to date.
 *
 * @param project what to build
 * @param version part of every file name
 * @param output receives all generated files
 * @param targets classifiers or {@code all}: a release build with zig; empty: a local build for
 *     this machine with its own compilers
 * @param offline whether cargo and go must not use the network
 * @param tools the tools of this machine
 * @param console receives one line per library, and a last line with the time
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

  /** The value that selects every target. */
  private static final String ALL = "all";

  /** The characters that file names, SONAMEs and linker flags can all contain. */
  private static final String VERSION = "[0-9A-Za-z][0-9A-Za-z.+_-]*";

  /**
   * Builds all libraries.
   *
   * @return every library, core before shim, in the order of the targets and of the project
   * @throws dev.stowage.packager.message.PackagerException ENVIRONMENT for a missing tool or
   *     target, USAGE for missing inputs, BUILD for errors of a compiler
   */
  public List<CompiledLibrary> build() {
    if (!version.matches(VERSION)) {
      throw BuildMessages.badVersion(version, VERSION);
    }
    List<Target> chosen = targets(targets, optionStyle);
    List<CompiledLibrary> built = new ArrayList<>();
    OutputLock.holding(
        output.root(),
        console,
        () -> {
          sweep();
          built.addAll(build(chosen));
        });
    return built;
  }

  /**
   * The targets to build: by default this machine's, else the named ones in the order of the
   * targets table.
   *
   * @param named classifiers, or {@code all}
   */
  public static List<Target> targets(List<String> named, OptionStyle optionStyle) {
    if (named.isEmpty()) {
      return List.of(Targets.byClassifier(HostPlatform.classifier()));
    }
    List<String> known = new ArrayList<>(Targets.all().stream().map(Target::classifier).toList());
    known.add(ALL);
    for (String name : named) {
      if (!known.contains(name)) {
        throw BuildMessages.unknownTarget(name, NearestName.of(name, known), known, optionStyle);
      }
    }
    return Targets.all().stream()
        .filter(target -> named.contains(target.classifier()) || named.contains(ALL))
        .toList();
  }

  private List<CompiledLibrary> build(List<Target> chosen) {
    long start = System.nanoTime();
    long busy = ToolProcess.activeNanos();
    List<BuildContext> contexts = contexts(chosen);
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
    String what =
        chosen.size() == 1 ? chosen.get(0).classifier() : BuildMessages.targets(chosen.size());
    long nanos = System.nanoTime() - start;
    console.step(
        BuildMessages.finished(what, built.size(), made, nanos, ToolProcess.activeNanos() - busy));
    return built;
  }

  /**
   * Targets named explicitly are release builds, even for the host. To build with the host's own
   * tools, name no target.
   */
  private List<BuildContext> contexts(List<Target> chosen) {
    Versions versions = new Versions(output.work().resolve("tools.json"), tools.environment());
    DirectoryTools own = new DirectoryTools(tools, versions, project.directory());
    boolean release = !targets.isEmpty();
    if (release && tools.find(Tool.ZIG).isEmpty()) {
      List<String> names = chosen.stream().map(Target::classifier).toList();
      throw BuildMessages.noZig(
          names,
          Tool.ZIG.install(null),
          HostPlatform.classifier(),
          tools.searched(Tool.ZIG),
          optionStyle);
    }
    RustToolchain rust = release ? rust(chosen, versions) : null;
    BuildCache cache = new BuildCache(tools.environment(), console);
    cache.sweep();
    List<BuildContext> contexts = new ArrayList<>();
    for (Target target : chosen) {
      Toolchain toolchain =
          release ? ZigToolchain.find(target, own, rust) : HostToolchain.find(target, own);
      Project supported = project.on(target);
      project.bindings().stream()
          .filter(binding -> !supported.bindings().contains(binding))
          .forEach(
              binding ->
                  console.step(BuildMessages.unsupported(target.classifier(), binding.name())));
      contexts.add(
          new BuildContext(
              supported,
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

  private RustToolchain rust(List<Target> chosen, Versions versions) {
    for (Binding binding : project.bindings()) {
      if (binding.language() == Language.RUST) {
        Path directory = binding.core().directory();
        return RustToolchain.choose(new DirectoryTools(tools, versions, directory), chosen);
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

  /** Reports missing inputs and tools before the first compiler is started. */
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

  /**
   * Removes older builds of a library. It runs after core and shim are both new, so the old pair
   * stays usable until then.
   */
  private static void removeOld(BuildContext context, CompiledLibrary built) {
    String target = context.classifier();
    String file = built.result().library().file();
    String stem =
        LibraryName.stem(target, context.project().library(), built.binding(), built.role(), "");
    removeOthers(context.output().lib(target), stem, file);
    Path debug = context.output().debug(target, file);
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

  /** Deletes the scratch directories of killed builds. */
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
