package dev.stowage.packager.build;

import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.packager.tool.Versions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** This machine's compilers for this machine's row: a local build, never for publication. */
record HostToolchain(
    String classifier, List<String> cc, String ccVersion, Map<String, String> environment)
    implements Toolchain {
  static HostToolchain find(String classifier, ToolBox tools, Versions versions, Path directory) {
    ToolBox.Found found = tools.require(Tool.CC);
    String variable = String.join(" ", found.command());
    return new HostToolchain(
        classifier, found.line(), versions.of(found, directory, Map.of()), Map.of("CC", variable));
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
}
