package dev.stowage.packager.build;

import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.tool.Versions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** This machine's compilers for this machine's row: a local build, never for publication. */
record HostToolchain(String classifier, List<String> cc, String ccVersion) implements Toolchain {
  static HostToolchain find(String classifier, ToolBox tools, Versions versions, Path directory) {
    ToolBox.Found found = tools.require(Tool.CC);
    return new HostToolchain(classifier, found.command(), versions.of(found, directory, Map.of()));
  }

  @Override
  public String floor() {
    return "host";
  }

  @Override
  public boolean release() {
    return false;
  }

  @Override
  public List<String> cargoArguments() {
    return List.of();
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("CC", String.join(" ", cc));
  }
}
