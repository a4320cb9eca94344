package dev.stowage.packager.kit;

import dev.stowage.loader.target.Target;
import dev.stowage.loader.target.Targets;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Builds small shared libraries for any row with zig. */
public final class CrossCc {
  private CrossCc() {}

  /** The tools of this machine, {@code $TOOLS/bin} of ci/setup-cross included. */
  public static ToolBox tools() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    String tools = environment.get("STOWAGE_TOOLS");
    Path bin =
        tools == null
            ? Path.of(System.getProperty("user.home"), ".cache/stowage-tools/bin")
            : Path.of(tools, "bin");
    environment.merge("PATH", bin.toString(), (path, own) -> own + ":" + path);
    return new ToolBox(environment);
  }

  /** The tool, where ci/setup-cross ran; elsewhere the test is left out. */
  public static ToolBox.Found require(Tool tool) {
    if (!"1".equals(System.getenv("STOWAGE_REQUIRE_CROSS"))) {
      Assumptions.assumeTrue(tools().find(tool).isPresent(), () -> tool + ": run ci/setup-cross");
    }
    return tools().require(tool);
  }

  /** Compiles and links one source text; a failure is an exception with the compiler's words. */
  public static Path library(Path file, String row, String source, List<String> arguments) {
    Target target =
        Targets.all().stream().filter(t -> t.classifier().equals(row)).findFirst().orElseThrow();
    try {
      Files.createDirectories(file.getParent());
      Path text = Files.writeString(file.resolveSibling("source.c"), source);
      List<String> command = require(Tool.ZIG).line();
      command.addAll(List.of("cc", "-target", target.zigTarget(), "-shared", "-fPIC", "-O2"));
      if (target.format().equals("elf")) {
        command.add("-Wl,--build-id=sha1");
      } else if (target.format().equals("mach-o")) {
        // Else zig writes the whole path.
        command.add("-Wl,-install_name,@rpath/" + file.getFileName());
      }
      command.addAll(List.of(text.toString(), "-o", file.toString()));
      command.addAll(arguments);
      Child child = Child.run(file.getParent(), command);
      if (child.exit() != 0) {
        throw new IllegalArgumentException(child.output());
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
