package dev.stowage.packager.toolchain;

import dev.stowage.loader.platform.Target;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.tool.Versions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The host's compilers for the host's target: a local build, never for publication. */
public record HostToolchain(
    Target target, ToolBox tools, Versions versions, Path directory, ToolBox.Found compiler)
    implements Toolchain {
  public static HostToolchain find(
      Target target, ToolBox tools, Versions versions, Path directory) {
    return new HostToolchain(target, tools, versions, directory, tools.require(Tool.CC));
  }

  @Override
  public String minimumVersion() {
    return "host";
  }

  @Override
  public boolean release() {
    return false;
  }

  @Override
  public List<String> cc() {
    return compiler.line();
  }

  @Override
  public String ccVersion() {
    return versions.of(compiler, directory, Map.of());
  }

  @Override
  public Cargo cargo() {
    Map<String, String> lines = new TreeMap<>();
    for (Tool tool : List.of(Tool.CARGO, Tool.RUSTC)) {
      lines.put(tool.command(), versions.of(tools.require(tool), directory, Map.of()));
    }
    RustToolchain.requireOneInstallation(
        tools.require(Tool.CARGO),
        lines.get(Tool.CARGO.command()),
        tools.require(Tool.RUSTC),
        lines.get(Tool.RUSTC.command()));
    List<String> line = tools.require(Tool.CARGO).line();
    return new Cargo(
        line,
        List.of(),
        List.of(),
        goEnvironment(),
        lines,
        tools.require(Tool.RUSTC),
        Optional.empty(),
        Map.of());
  }

  @Override
  public Map<String, String> goEnvironment() {
    return Map.of("CC", String.join(" ", compiler.command()));
  }
}
