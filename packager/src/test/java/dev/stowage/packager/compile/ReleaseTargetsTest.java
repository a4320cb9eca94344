package dev.stowage.packager.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.message.OptionStyle;
import dev.stowage.packager.message.PackagerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The selection of targets, and the errors for targets that cannot be built. These tests do not
 * need zig.
 */
class ReleaseTargetsTest {
  @TempDir Path directory;
  private Fixture fixture;

  @BeforeEach
  void copy() throws Exception {
    fixture = Fixture.in(directory);
  }

  private static List<String> targets(String... named) {
    return Builder.targets(List.of(named), OptionStyle.COMMAND_LINE).stream()
        .map(Target::classifier)
        .toList();
  }

  @Test
  void noneIsThisMachines() {
    assertThat(targets()).containsExactly(Fixture.HOST);
  }

  @Test
  void allIsTheTable() {
    List<String> table = Targets.all().stream().map(Target::classifier).toList();
    assertThat(targets("all")).isEqualTo(table).hasSize(7);
    assertThat(targets("osx-x86_64", "all")).isEqualTo(table);
  }

  @Test
  void severalComeOnceAndInTheOrderOfTheTable() {
    assertThat(targets("windows-x86_64", "linux-aarch_64", "windows-x86_64"))
        .containsExactly("linux-aarch_64", "windows-x86_64");
  }

  @Test
  void anUnknownOneIsNamedWithItsNeighbour() {
    assertThat(WrongInputTest.refused(() -> targets("linux-x86_64", "windows-x86"), "STOW-116"))
        .hasMessageContaining("unknown target 'windows-x86'")
        .hasMessageContaining("use --targets windows-x86_64")
        .hasMessageContaining("osx-aarch_64, windows-x86_64, all");
    WrongInputTest.refused(() -> targets(""), "STOW-116");
  }

  @Test
  void withoutZigTheWayOutIsTheLocalBuild() {
    fixture.variable("ZIG", "no-such-zig").targets("linux-x86_64", "osx-aarch_64");
    assertThat(WrongInputTest.refused(fixture::build, "STOW-117"))
        .hasMessageContaining(
            "a release build needs it for every target: linux-x86_64, osx-aarch_64")
        .hasMessageContaining("ziglang==")
        .hasMessageContaining("without --targets ...")
        .hasMessageContaining("or make a local build for linux-x86_64, not for publication")
        .hasMessageContaining("tried: ZIG=no-such-zig, PATH=")
        .hasMessageContaining("stowage-tools");
    assertThat(fixture.lines()).isEmpty();
  }

  @Test
  void anOldZigIsRefusedWithBothVersions() throws Exception {
    fixture.goOnly().targets("windows-x86_64").variable("ZIG", tool("zig", "echo 0.11.0"));
    assertThat(WrongInputTest.refused(fixture::build, "STOW-130"))
        .hasMessageContaining("zig is too old")
        .hasMessageContaining("0.11.0")
        .hasMessageContaining("or newer is needed");
  }

  @Test
  void anOldGoIsRefusedForReleasesToo() throws Exception {
    fixture.goOnly().targets("windows-x86_64").variable("ZIG", tool("zig", "echo 99.0.0"));
    fixture.edit("go/go.mod", "go 1.21", "go 99.1");
    assertThat(WrongInputTest.refused(fixture::build, "STOW-123"))
        .hasMessageContaining("needs Go 99.1")
        .hasMessageContaining("go version go1.");
  }

  /** A rustc with neither the standard library of the target nor its source. */
  @Test
  void withoutTheStandardLibraryTheTargetsAreNamed() throws Exception {
    String rustc = tool("rustc", "case $1 in --version) echo rustc 1.99.0;; *) echo " + directory);
    fixture.rustOnly().targets("osx-aarch_64", "windows-x86_64");
    fixture.variable("ZIG", tool("zig", "echo 99.0.0"));
    fixture.variable("RUSTC", rustc).variable("CARGO", "cargo");
    assertThat(WrongInputTest.refused(fixture::build, "STOW-131"))
        .hasMessageContaining("standard library for osx-aarch_64, windows-x86_64")
        .hasMessageContaining("rustup target add aarch64-apple-darwin x86_64-pc-windows-gnu")
        .hasMessageContaining("rust-web-src")
        .hasMessageContaining(rustc + " 1.99.0 has none for osx-aarch_64")
        .extracting(PackagerException::kind)
        .isEqualTo(PackagerException.Kind.ENVIRONMENT);
  }

  @Test
  void withoutCargoZigbuildItIsNamed() throws Exception {
    fixture.rustOnly().targets("linux-x86_64").variable("CARGO_ZIGBUILD", "no-such-zigbuild");
    fixture.variable("ZIG", tool("zig", "echo 99.0.0"));
    assertThat(WrongInputTest.refused(fixture::build, "STOW-120"))
        .hasMessageContaining("cargo-zigbuild not found (command 'no-such-zigbuild')");
  }

  /** The build reports a binding that a target does not support. */
  @Test
  void goIsNotBuiltForMusl() throws Exception {
    fixture.goOnly().targets("linux-aarch_64-musl", "linux-x86_64-musl");
    fixture.variable("ZIG", tool("zig", "echo 99.0.0"));
    fixture.build();
    assertThat(fixture.lines().subList(0, 2))
        .allMatch(
            line ->
                line.matches("build    linux-\\w+-musl +go  not built: a JVM on musl cannot .*"));
    assertThat(fixture.output().lib("linux-x86_64-musl")).doesNotExist();
  }

  /** A script that replaces a tool and only prints a version. */
  private String tool(String name, String body) throws IOException {
    String end = body.startsWith("case ") ? ";; esac\n" : "\n";
    Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + body + end);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script.toString();
  }
}
