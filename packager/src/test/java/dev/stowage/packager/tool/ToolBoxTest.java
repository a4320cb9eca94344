package dev.stowage.packager.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The places where tools are looked for, and their order. */
class ToolBoxTest {
  @TempDir private Path temporary;

  private final Map<String, String> environment = new HashMap<>();

  private Path program(String path) throws IOException {
    Path file = temporary.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private List<Path> found(Tool tool) {
    return new ToolBox(environment).all(tool).stream().map(ToolBox.Found::executable).toList();
  }

  @Test
  void whatSetupCrossInstalledIsFoundWithoutAPath() throws IOException {
    Path zig = program("home/.cache/stowage-tools/bin/zig");
    environment.put("HOME", temporary.resolve("home").toString());
    assertThat(found(Tool.ZIG)).containsExactly(zig);
    environment.put("XDG_CACHE_HOME", "relative");
    assertThat(found(Tool.ZIG)).containsExactly(zig);
  }

  @Test
  void anotherCacheDirectoryHasToolsOfItsOwn() throws IOException {
    program("home/.cache/stowage-tools/bin/zig");
    Path zig = program("caches/stowage-tools/bin/zig");
    environment.put("HOME", temporary.resolve("home").toString());
    environment.put("XDG_CACHE_HOME", temporary.resolve("caches").toString());
    assertThat(found(Tool.ZIG)).containsExactly(zig);
  }

  @Test
  void thePathComesFirst() throws IOException {
    Path installed = program("home/.cache/stowage-tools/bin/zig");
    Path own = program("bin/zig");
    environment.put("HOME", temporary.resolve("home").toString());
    environment.put("PATH", own.getParent().toString());
    assertThat(found(Tool.ZIG)).containsExactly(own, installed);
  }

  @Test
  void aVariableReplacesBoth() throws IOException {
    program("home/.cache/stowage-tools/bin/zig");
    Path own = program("my-zig");
    environment.put("HOME", temporary.resolve("home").toString());
    environment.put("ZIG", own.toString());
    assertThat(found(Tool.ZIG)).containsExactly(own);
  }

  @Test
  void everyPlaceIsNamed() {
    environment.put("HOME", temporary.toString());
    environment.put("PATH", "/usr/bin");
    assertThat(new ToolBox(environment).searched(Tool.ZIG))
        .isEqualTo(
            "PATH=/usr/bin, "
                + temporary.resolve(".cache/stowage-tools/bin")
                + " (ci/setup-cross)");
    environment.put("ZIG", "my-zig");
    environment.remove("HOME");
    assertThat(new ToolBox(environment).searched(Tool.ZIG)).isEqualTo("ZIG=my-zig, PATH=/usr/bin");
  }
}
