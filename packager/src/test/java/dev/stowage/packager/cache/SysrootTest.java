package dev.stowage.packager.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stowage.packager.fixture.ToolScripts;
import dev.stowage.packager.message.Console;
import dev.stowage.packager.message.PackagerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When std is built, and when it comes from the cache. A script replaces cargo, because the real
 * one needs minutes, and the main build runs it for every target anyway.
 */
class SysrootTest implements Console {
  private static final String TRIPLE = "aarch64-unknown-linux-gnu";

  @TempDir Path directory;
  private final List<String> lines = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>(System.getenv());
  private ToolScripts bin;
  private int builds;

  @BeforeEach
  void tools() throws Exception {
    bin = new ToolScripts(directory.resolve("bin")).rust("1.99.0").stdSource();
    bin.tool(
        "cargo",
        "echo \"$CARGO_ENCODED_RUSTFLAGS|$PWD|$*\" >> '"
            + directory
            + "/calls'\n"
            + "while [ \"$1\" != --target-dir ]; do shift; done\n"
            + "mkdir -p \"$2/"
            + TRIPLE
            + "/release/deps\" && cd \"$2/"
            + TRIPLE
            + "/release/deps\"\n"
            + "echo core > libcore-1.rlib; echo no > libcore-1.rmeta; echo own > libstowage_std-2.rlib");
  }

  private Path source() {
    return directory.resolve("bin/sysroot/lib/rustlib/src/rust");
  }

  private Sysroot std(String... flags) {
    List<String> rustc = List.of(bin.directory().resolve("rustc").toString());
    return new Sysroot(
        "linux-aarch_64",
        TRIPLE,
        new RustCompiler(rustc, directory, environment),
        List.of(bin.directory().resolve("cargo").toString()),
        source(),
        "1.99.0",
        List.of(flags),
        Map.of());
  }

  private Path provide(Sysroot std) throws IOException {
    Path scratch = Files.createDirectories(directory.resolve("scratch" + builds++));
    return std.provide(
        new BuildCache(environment, this), directory.resolve("own"), scratch, true, this);
  }

  private void cacheAt(Path place) {
    environment.put(BuildCache.VARIABLE, place.toString());
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(directory.resolve("calls"));
  }

  @Test
  void isBuiltOnceForTheSameInputs() throws Exception {
    cacheAt(directory.resolve("cache"));
    Path first = provide(std());
    assertThat(provide(std())).isEqualTo(first).startsWith(directory.resolve("cache/std"));
    assertThat(calls()).hasSize(1);
    assertThat(lines.get(2))
        .isEqualTo("build    linux-aarch_64      std of rustc 1.99.0  from the cache");
    try (Stream<Path> files = Files.walk(first)) {
      assertThat(files.filter(Files::isRegularFile).map(f -> first.relativize(f).toString()))
          .containsExactlyInAnyOrder("lib/rustlib/" + TRIPLE + "/lib/libcore-1.rlib", "digests");
    }
    assertThat(provide(std("-Copt-level=1"))).isNotEqualTo(first);
    String cargo = Files.readString(bin.directory().resolve("cargo"));
    bin.rust("1.99.1").tool("cargo", cargo);
    assertThat(provide(std())).isNotEqualTo(first);
  }

  /** Neither the configuration nor the directory of the project changes std. */
  @Test
  void isBuiltAwayFromTheProject() throws Exception {
    cacheAt(directory.resolve("cache"));
    environment.put("RUSTFLAGS", "-Cmine");
    provide(std());
    String[] call = calls().get(0).split("\\|");
    assertThat(call[0])
        .doesNotContain("-Cmine")
        .contains("--remap-path-prefix=" + directory.resolve("scratch0/std") + "=std")
        .contains("--remap-path-prefix=" + source() + "=rust");
    assertThat(call[1]).isEqualTo(source().resolve("library").toString());
    assertThat(call[2]).contains("--offline").contains("profile.release.codegen-units=1");
  }

  @Test
  void aPoisonedByteIsNoticed() throws Exception {
    cacheAt(directory.resolve("cache"));
    Path library = provide(std()).resolve("lib/rustlib/" + TRIPLE + "/lib/libcore-1.rlib");
    Files.writeString(library, "core!");
    provide(std());
    assertThat(library).hasContent("core");
    assertThat(calls()).hasSize(2);
    assertThat(warnings).hasSize(1).allMatch(line -> line.contains("damaged entry"));
  }

  /** The same directory gives the same library, with a cache or without. */
  @Test
  void withoutACacheTheProjectKeepsIt() throws Exception {
    cacheAt(Files.writeString(directory.resolve("file"), ""));
    Path own = provide(std());
    assertThat(own).startsWith(directory.resolve("own"));
    assertThat(provide(std())).isEqualTo(own);
    assertThat(calls()).hasSize(1);
    assertThat(warnings).hasSize(2).allMatch(line -> line.contains("cannot be used"));
    environment.put(BuildCache.VARIABLE, BuildCache.OFF);
    assertThat(provide(std())).isEqualTo(own);
    assertThat(warnings).hasSize(2);
  }

  @Test
  void cargosRefusalIsTold() throws Exception {
    cacheAt(directory.resolve("cache"));
    bin.tool("cargo", "echo 'error: no such thing' >&2; exit 101");
    assertThatThrownBy(() -> provide(std()))
        .isInstanceOf(PackagerException.class)
        .hasMessageContaining("STOW-145 linux-aarch_64: the standard library of rustc 1.99.0")
        .hasMessageContaining("no such thing");
    assertThat(directory.resolve("cache/std")).isEmptyDirectory();
  }

  @Override
  public void step(String line) {
    lines.add(line);
  }

  @Override
  public void warn(String line) {
    warnings.add(line);
  }
}
