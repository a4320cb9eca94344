package dev.stowage.packager.doctor;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.cache.BuildCache;
import dev.stowage.packager.doctor.BuildDoctor.Check;
import dev.stowage.packager.doctor.BuildDoctor.Gap;
import dev.stowage.packager.doctor.BuildDoctor.TargetCheck;
import dev.stowage.packager.doctor.BuildDoctor.Way;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.project.Language;
import dev.stowage.packager.tool.DirectoryTools;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.tool.ToolProcess;
import dev.stowage.packager.tool.Version;
import dev.stowage.packager.tool.Versions;
import dev.stowage.packager.toolchain.HostPlatform;
import dev.stowage.packager.toolchain.JdkHeaders;
import dev.stowage.packager.toolchain.RustToolchain;
import dev.stowage.packager.toolchain.ToolRequirements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the tools of one machine for a project and its targets. */
final class MachineCheck {
  /** As in the build: prevents go from reporting a version that it would have to download. */
  private static final Map<String, String> ONE_GO = Map.of("GOTOOLCHAIN", "local");

  private static final Set<Tool> RUST = EnumSet.of(Tool.CARGO, Tool.RUSTC);

  private final ToolBox tools;
  private final ToolRequirements needs;
  private final Path directory;
  private final List<Target> wanted;
  private final String host = HostPlatform.classifier();
  private final Check jdk = jdk();
  private final Map<Tool, Check> checks = new EnumMap<>(Tool.class);
  private final List<Target> rust;
  private final Optional<RustToolchain> rustc;
  private final boolean mixedForRelease;

  MachineCheck(ToolBox tools, ToolRequirements needs, Path directory, List<Target> wanted) {
    this.tools = tools;
    this.needs = needs;
    this.directory = directory;
    this.wanted = wanted;
    Set<Tool> needed = EnumSet.noneOf(Tool.class);
    for (Target target : Targets.all()) {
      ways(target)
          .filter(release -> isWanted(target, release))
          .map(release -> needs.tools(target, release))
          .forEach(needed::addAll);
    }
    for (Tool tool : Tool.values()) {
      checks.put(tool, check(tool, needed.contains(tool)));
    }
    mixedRust()
        .ifPresent(
            found -> {
              boolean used = needed.contains(Tool.CARGO);
              String title = Tool.CARGO.title();
              checks.put(
                  Tool.CARGO, new Check(title, false, used, found, RustToolchain.useOneRust()));
            });
    // One rustc builds all targets of a run, so the choice depends on the wanted targets.
    rust =
        Targets.all().stream()
            .filter(target -> wanted.isEmpty() || isWanted(target, true))
            .filter(target -> needs.builds(target, Language.RUST))
            .toList();
    DirectoryTools there =
        new DirectoryTools(
            tools,
            Versions.unsaved(tools.environment()),
            needs.directory(Language.RUST).orElse(directory));
    rustc = RustToolchain.best(RustToolchain.find(there), rust);
    mixedForRelease = rustc.flatMap(chain -> chain.mixed(there)).isPresent();
  }

  /**
   * The versions of the first cargo and the first rustc on the PATH, which a local build uses, if
   * they differ.
   */
  private Optional<String> mixedRust() {
    if (!rustHere()) {
      return Optional.empty();
    }
    return RustToolchain.mixed(
        tools.require(Tool.CARGO),
        checks.get(Tool.CARGO).found(),
        tools.require(Tool.RUSTC),
        checks.get(Tool.RUSTC).found());
  }

  /** The ways to build for a target, true for a release build: this machine's target has both. */
  private Stream<Boolean> ways(Target target) {
    return target.classifier().equals(host) ? Stream.of(false, true) : Stream.of(true);
  }

  private boolean isWanted(Target target, boolean release) {
    return wanted.isEmpty() ? !release : release && wanted.contains(target);
  }

  BuildDoctor report() {
    List<Check> lines = new ArrayList<>(List.of(jdk));
    lines.addAll(checks.values());
    lines.add(cache());
    if (!rust.isEmpty() && (rustc.isPresent() || rustHere())) {
      lines.add(std());
    }
    List<TargetCheck> targets = new ArrayList<>();
    for (Target target : Targets.all()) {
      Map<Boolean, Way> ways =
          ways(target)
              .collect(Collectors.toMap(release -> release, release -> way(target, release)));
      boolean needed = ways.values().stream().anyMatch(Way::needed);
      targets.add(new TargetCheck(target.classifier(), needed, ways.get(false), ways.get(true)));
    }
    return new BuildDoctor(BuildDoctor.FORMAT, lines, targets);
  }

  private Way way(Target target, boolean release) {
    List<Gap> missing = new ArrayList<>();
    if (!jdk.ready()) {
      missing.add(gap(jdk));
    }
    for (Tool tool : needs.tools(target, release)) {
      // A release build may use another program than the first one on the PATH.
      boolean other = release && RUST.contains(tool) && rustc.isPresent() && !mixedForRelease;
      if (!other && !checks.get(tool).ready()) {
        missing.add(gap(checks.get(tool)));
      }
    }
    if (release && needs.builds(target, Language.RUST) && lacksStd(target)) {
      missing.add(new Gap(BuildDoctorMessages.std(), RustToolchain.installStd(List.of(target))));
    }
    return new Way(missing.isEmpty(), isWanted(target, release), missing);
  }

  private boolean lacksStd(Target target) {
    return rustc.map(r -> r.std(target) == RustToolchain.Std.MISSING).orElse(rustHere());
  }

  /** Whether any rustc and any cargo work, even if they do not belong together. */
  private boolean rustHere() {
    return RUST.stream().allMatch(tool -> checks.get(tool).ready());
  }

  private static Gap gap(Check check) {
    return new Gap(check.name(), check.fix());
  }

  private static Check jdk() {
    String version = System.getProperty("java.version") + " " + System.getProperty("java.vendor");
    boolean headers = Files.isRegularFile(JdkHeaders.home().resolve("include").resolve("jni.h"));
    return headers
        ? new Check("JDK", true, true, version, null)
        : new Check(
            "JDK",
            false,
            true,
            BuildDoctorMessages.jdkWithoutHeaders(version),
            BuildDoctorMessages.installJdk());
  }

  /** The line about the build cache. */
  private Check cache() {
    String found =
        BuildCache.locate(tools.environment())
            .map(place -> BuildDoctorMessages.cache(place, BuildCache.bytes(place)))
            .orElse(BuildDoctorMessages.cacheOff());
    return new Check("build cache", true, false, found, null);
  }

  /** The line about std: the rustc of release builds, and the targets for which it has none. */
  private Check std() {
    if (rustc.isEmpty()) {
      String fix = RustToolchain.installStd(rust);
      return new Check(
          BuildDoctorMessages.std(), false, !wanted.isEmpty(), BuildDoctorMessages.noRustc(), fix);
    }
    List<Target> missing = rustc.get().missing(rust);
    String of = rustc.get().rustc().executable() + " " + Tool.RUSTC.version(rustc.get().version());
    List<String> names = missing.stream().map(Target::classifier).toList();
    return new Check(
        BuildDoctorMessages.std(),
        missing.isEmpty(),
        !wanted.isEmpty(),
        BuildDoctorMessages.stdOf(of, names),
        missing.isEmpty() ? null : RustToolchain.installStd(missing));
  }

  private Check check(Tool tool, boolean needed) {
    Optional<ToolBox.Found> found = tools.find(tool);
    if (found.isEmpty()) {
      return bad(tool, needed, BuildDoctorMessages.notFound(needed, tool.use()));
    }
    List<String> line = found.get().line();
    line.add(tool.versionArgument());
    Path there = ToolRequirements.language(tool).flatMap(needs::directory).orElse(directory);
    try {
      ToolProcess.Outcome outcome = new ToolProcess(line, there, tools.with(ONE_GO)).run();
      String text = (outcome.succeeded() ? outcome.out() : outcome.err()).strip();
      if (!outcome.succeeded()) {
        return bad(
            tool,
            needed,
            text.isEmpty() ? BuildDoctorMessages.silent(outcome.exitCode()) : firstLine(text));
      }
      String version = tool.version(tool.versionLine(text));
      String oldest = tool.oldest(needs.oldest(tool));
      return oldest == null || Version.compare(version, oldest) >= 0
          ? new Check(tool.title(), true, needed, version, null)
          : bad(tool, needed, BuildDoctorMessages.tooOld(version, oldest));
    } catch (PackagerException e) {
      return bad(tool, needed, firstLine(e.getMessage()));
    }
  }

  /** A failed check. Advice to install a tool is left out if the project does not need the tool. */
  private Check bad(Tool tool, boolean needed, String found) {
    String fix = needs.uses(tool) ? tool.install(needs.oldest(tool)) : null;
    return new Check(tool.title(), false, needed, found, fix);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
