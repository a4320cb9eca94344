package dev.stowage.packager.compile;

import dev.stowage.loader.platform.Format;
import dev.stowage.loader.platform.Target;
import dev.stowage.packager.cache.BuildCache;
import dev.stowage.packager.linking.AppleStubs;
import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.project.Binding;
import dev.stowage.packager.project.Project;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.record.Input;
import dev.stowage.packager.record.OutputTree;
import dev.stowage.packager.record.PackagerVersion;
import dev.stowage.packager.record.Plan;
import dev.stowage.packager.record.ToolVersion;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.tool.Versions;
import dev.stowage.packager.toolchain.Toolchain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that the steps of a build share for one target. */
record BuildContext(
    Project project,
    String version,
    OutputTree output,
    Toolchain toolchain,
    ToolBox tools,
    Versions versions,
    boolean offline,
    BuildCache cache,
    Console console,
    OptionStyle optionStyle) {

  Target target() {
    return toolchain.target();
  }

  String classifier() {
    return target().classifier();
  }

  /** The file that dependents of a library are linked against. */
  Path linked(String library) {
    Path file = output.lib(classifier()).resolve(library);
    Path linked = toolchain.linking().linked(file);
    return linked.equals(file)
        ? file
        : output.implib(classifier()).resolve(linked.getFileName().toString());
  }

  /** Flags for system libraries that zig does not provide. A local build needs none. */
  List<String> stubs(Path scratch) {
    return target().format() == Format.MACH_O && toolchain.release()
        ? AppleStubs.write(scratch)
        : List.of();
  }

  Plan plan(
      Binding binding,
      Role role,
      SortedMap<String, String> tools,
      List<String> flags,
      PlanInputs inputs) {
    List<Input> sorted = new ArrayList<>(inputs.list());
    SortedMap<String, ToolVersion> all = new TreeMap<>();
    tools.forEach((tool, line) -> all.put(tool, new ToolVersion(line)));
    all.put("stowage-packager", new ToolVersion(PackagerVersion.current()));
    return new Plan(
        Plan.FORMAT,
        project.library(),
        version,
        binding.name(),
        binding.language(),
        role,
        classifier(),
        toolchain.minimumVersion(),
        toolchain.release(),
        all,
        flags,
        sorted);
  }

  /**
   * The given variables as {@code NAME=value}, if set: they change the output of a tool, so they
   * are part of the plan.
   */
  List<String> variables(List<String> names) {
    List<String> flags = new ArrayList<>();
    for (String name : names) {
      String value = tools.environment().get(name);
      if (value != null && !value.isEmpty()) {
        flags.add(name + "=" + value);
      }
    }
    return flags;
  }
}
