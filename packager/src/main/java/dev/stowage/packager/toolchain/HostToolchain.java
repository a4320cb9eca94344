package dev.stowage.packager.toolchain;

import dev.stowage.loader.platform.Target;
import dev.stowage.packager.tool.DirectoryTools;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The host's compilers for the host's target: a local build, never for publication. */
public record HostToolchain(Target target, DirectoryTools tools, ToolBox.Found compiler)
    implements Toolchain {
  public static HostToolchain find(Target target, DirectoryTools tools) {
    return new HostToolchain(target, tools, tools.box().require(Tool.CC));
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
    return tools.version(compiler);
  }

  @Override
  public Cargo cargo() {
    Map<String, String> lines = new TreeMap<>();
    for (Tool tool : List.of(Tool.CARGO, Tool.RUSTC)) {
      lines.put(tool.command(), tools.version(tools.box().require(tool)));
    }
    RustToolchain.requireOneInstallation(
        tools.box().require(Tool.CARGO),
        lines.get(Tool.CARGO.command()),
        tools.box().require(Tool.RUSTC),
        lines.get(Tool.RUSTC.command()));
    List<String> line = tools.box().require(Tool.CARGO).line();
    return new Cargo(
        line,
        List.of(),
        List.of(),
        goEnvironment(),
        lines,
        tools.box().require(Tool.RUSTC),
        Optional.empty(),
        Map.of());
  }

  @Override
  public Map<String, String> goEnvironment() {
    return Map.of("CC", String.join(" ", compiler.command()));
  }
}
