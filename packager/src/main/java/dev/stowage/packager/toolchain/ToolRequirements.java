package dev.stowage.packager.toolchain;

import dev.stowage.loader.platform.Format;
import dev.stowage.loader.platform.Target;
import dev.stowage.packager.message.PackagerException;
import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Core;
import dev.stowage.packager.project.Language;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.Version;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The tools that the targets of a project need, for the build and the build doctor.
 *
 * @param project null for a project with cores of every language
 */
public record ToolRequirements(Project project) {
  /** The tools that build for a target. */
  public Set<Tool> tools(Target target, boolean release) {
    Set<Tool> tools = EnumSet.of(release ? Tool.ZIG : Tool.CC);
    if (release) {
      tools.add(Tool.OBJCOPY);
      if (target.format() == Format.MACH_O) {
        tools.add(Tool.DSYMUTIL);
      }
    }
    if (builds(target, Language.RUST)) {
      tools.addAll(List.of(Tool.CARGO, Tool.RUSTC));
      if (release) {
        tools.add(Tool.CARGO_ZIGBUILD);
      }
    }
    if (builds(target, Language.GO)) {
      tools.add(Tool.GO);
    }
    return tools;
  }

  /** Whether a core of that language is built for a target; a target may not support it. */
  public boolean builds(Target target, Language language) {
    return target.supports().contains(language.name().toLowerCase(Locale.ROOT))
        && (project == null || !cores(language).isEmpty());
  }

  /** Whether any target could need the tool. */
  public boolean uses(Tool tool) {
    return project == null || language(tool).map(l -> !cores(l).isEmpty()).orElse(true);
  }

  /**
   * The directory in which the tools of a language run; toolchain files there select their version.
   */
  public Optional<Path> directory(Language language) {
    return project == null
        ? Optional.empty()
        : cores(language).stream().map(Core::directory).findFirst();
  }

  /**
   * The oldest version of a tool that all cores allow by their manifests, or null if none sets one.
   */
  public String oldest(Tool tool) {
    return project == null
        ? null
        : language(tool).stream()
            .filter(l -> tool != Tool.CARGO_ZIGBUILD)
            .flatMap(l -> cores(l).stream())
            .map(ToolRequirements::oldest)
            .filter(Objects::nonNull)
            .max(Version::compare)
            .orElse(null);
  }

  /** The one language that a tool is for. */
  public static Optional<Language> language(Tool tool) {
    return switch (tool) {
      case CARGO, RUSTC, CARGO_ZIGBUILD -> Optional.of(Language.RUST);
      case GO -> Optional.of(Language.GO);
      default -> Optional.empty();
    };
  }

  private List<Core> cores(Language language) {
    return project.bindings().stream()
        .map(Binding::core)
        .filter(core -> core.language() == language)
        .toList();
  }

  /** The oldest version that a core's manifest allows, or null if it sets none. */
  private static String oldest(Core core) {
    try {
      return core.language() == Language.GO
          ? GoModule.read(core.directory()).version()
          : CargoManifest.rustVersion(core.directory(), core.artifact());
    } catch (PackagerException e) {
      // The manifest is invalid; the build reports that when it has found the tool.
      return null;
    }
  }
}
