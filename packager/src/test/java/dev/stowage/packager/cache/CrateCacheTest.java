package dev.stowage.packager.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.packager.cli.PackagerMain;
import dev.stowage.packager.fixture.Crates;
import dev.stowage.packager.fixture.CrossTools;
import dev.stowage.packager.fixture.Fixture;
import dev.stowage.packager.project.Role;
import dev.stowage.packager.tool.Tool;
import dev.stowage.packager.tool.ToolBox;
import dev.stowage.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two clones share third-party crates, and nothing else. Uses the real cargo. */
class CrateCacheTest {
  @TempDir Path directory;
  private Path cache;
  private Crates crates;

  @BeforeEach
  void place() throws Exception {
    cache = directory.resolve("cache");
    crates = Crates.in(directory.resolve("cargo home"));
  }

  private Fixture clone(String name) throws Exception {
    Fixture fixture = Fixture.in(Files.createDirectories(directory.resolve(name))).rustOnly();
    return crates.usedBy(fixture).variable(BuildCache.VARIABLE, cache.toString());
  }

  /** Builds, and returns the line about crates. */
  private static String built(Fixture fixture) {
    fixture.build();
    return fixture.lines().stream()
        .filter(line -> line.contains(" crates  "))
        .map(line -> line.replaceFirst(".* crates  ", ""))
        .reduce("", String::concat);
  }

  private static byte[] core(Fixture fixture) throws IOException {
    return Files.readAllBytes(fixture.library("rust", Role.CORE));
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> files = Files.walk(cache.resolve("crates"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void theSecondCloneGetsThemAndTheSameBytes() throws Exception {
    Fixture one = clone("one");
    Fixture two = clone("a longer way/two");
    Fixture without = clone("without").variable(BuildCache.VARIABLE, BuildCache.OFF);
    assertThat(built(one)).isEqualTo("0 of 2 from the cache");
    assertThat(built(two)).isEqualTo("2 of 2 from the cache");
    assertThat(built(without)).isEmpty();
    assertThat(core(two)).isEqualTo(core(one));
    assertThat(core(without)).isEqualTo(core(one));
    assertThat(without.plan("rust", Role.CORE)).isEqualTo(one.plan("rust", Role.CORE));
    assertThat(two.plan("rust", Role.CORE)).isEqualTo(one.plan("rust", Role.CORE));
    assertThat(one.text(one.library("rust", Role.CORE))).doesNotContain(directory.toString());
    for (Path entry : entries()) {
      assertThat(one.text(entry)).doesNotContain(directory.resolve("one").toString());
    }
    assertThat(two.warnings()).isEmpty();
  }

  /** cargo accepts a library with a newer time stamp as fresh, even that of another project. */
  @Test
  void projectsOfOneNameGetTheirOwnLibraries() throws Exception {
    List<Fixture> projects = new ArrayList<>();
    for (String name : List.of("left", "right")) {
      projects.add(clone(name).variable("CARGO_TARGET_DIR", directory.resolve("t").toString()));
    }
    projects.get(1).edit("rust/src/add.rs", "sum fits 64 bits", "another sum fits");
    List<CompletableFuture<Void>> builds =
        projects.stream().map(p -> CompletableFuture.runAsync(p::build)).toList();
    builds.forEach(CompletableFuture::join);
    assertThat(new String(core(projects.get(0)))).contains("sum fits 64 bits");
    assertThat(new String(core(projects.get(1)))).contains("another sum fits");
  }

  @Test
  void aPoisonedByteIsNoticed() throws Exception {
    Fixture one = clone("one");
    one.build();
    for (Path entry : entries()) {
      byte[] bytes = Files.readAllBytes(entry);
      bytes[bytes.length / 2] ^= 1;
      Files.write(entry, bytes);
    }
    Fixture two = clone("two");
    assertThat(built(two)).isEqualTo("0 of 2 from the cache");
    assertThat(two.warnings()).hasSize(2).allMatch(line -> line.contains("damaged entry"));
    assertThat(core(two)).isEqualTo(core(one));
    assertThat(built(clone("three"))).isEqualTo("2 of 2 from the cache");
  }

  @Test
  void aPoisonedWrapperIsNoticed() throws Exception {
    Fixture one = clone("one");
    one.build();
    try (Stream<Path> files = Files.walk(cache.resolve("rustc"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".exe")).toList()) {
        Files.write(file, new byte[] {0});
      }
    }
    Fixture two = clone("two");
    assertThat(built(two)).isEqualTo("2 of 2 from the cache");
    assertThat(two.warnings()).hasSize(1).allMatch(line -> line.contains("damaged entry"));
  }

  /** The key covers the output of build scripts and the environment variables that sources read. */
  @Test
  void anotherInputIsAnotherCrate() throws Exception {
    built(clone("one"));
    assertThat(built(clone("made").variable("MADE", "5"))).isEqualTo("0 of 2 from the cache");
    Fixture flavour = clone("flavour").variable("FLAVOUR", "sweet");
    assertThat(built(flavour)).isEqualTo("0 of 2 from the cache");
    assertThat(new String(core(flavour))).contains("sweet");
    Path source = crates.home().resolve("registry/src/local/stem/src/lib.rs");
    Files.writeString(source, Files.readString(source) + "pub fn more() {}\n");
    assertThat(built(clone("source"))).isEqualTo("0 of 2 from the cache");
    assertThat(built(clone("again"))).isEqualTo("2 of 2 from the cache");
  }

  /** rustc refuses crates of another rustc (E0514), or worse, uses them. */
  @Test
  void twoCompilersNeverMeet() throws Exception {
    List<ToolBox.Found> compilers = CrossTools.box().all(Tool.RUSTC);
    Requirement.CROSS_TOOLS.assume(
        compilers.size() > 1, "a second rustc is missing; install it: ci/setup-cross");
    for (String round : List.of("0 of 2 from the cache", "2 of 2 from the cache")) {
      for (ToolBox.Found rustc : compilers.subList(0, 2)) {
        Path cargo = CrossTools.box().beside(rustc, Tool.CARGO).orElseThrow().executable();
        Fixture fixture = clone(round.charAt(0) + cargo.toString().replace('/', '-'));
        fixture.variable("RUSTC", rustc.executable().toString());
        fixture.variable("CARGO", cargo.toString());
        assertThat(built(fixture)).isEqualTo(round);
      }
    }
    assertThat(entries()).hasSize(4);
  }

  @Test
  void withoutAPlaceTheBuildGoesOn() throws Exception {
    Files.writeString(cache, "in the way");
    Fixture one = clone("one");
    assertThat(built(one)).isEmpty();
    assertThat(one.warnings()).hasSize(1).allMatch(line -> line.contains("cannot be used"));
  }

  /** A full disk is noticed when the first entry is written. */
  @Test
  void withoutRoomTheBuildGoesOn() throws Exception {
    Files.createDirectories(cache.resolve("crates"));
    for (int i = 0; i < 256; i++) {
      Files.createFile(cache.resolve("crates").resolve(String.format("%02x", i)));
    }
    Fixture one = clone("one");
    assertThat(built(one)).isEqualTo("0 of 2 from the cache");
    assertThat(one.warnings()).hasSize(1).allMatch(line -> line.contains("cannot be used"));
  }

  /** The build runs in another JVM, which is killed as soon as it has written an entry. */
  @Test
  void aKilledBuildLeavesNothingHalfMade() throws Exception {
    Fixture killed = clone("killed");
    killed.packager().jni();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            PackagerMain.class.getName(),
            "build",
            "--offline",
            "--project-version=0.0.1",
            "--project=" + killed.file("java/stowage.toml"));
    builder.environment().put(BuildCache.VARIABLE, cache.toString());
    builder.environment().put("CARGO_HOME", crates.home().toString());
    Process process = builder.inheritIO().start();
    while (process.isAlive() && (!Files.exists(cache.resolve("crates")) || entries().isEmpty())) {
      Thread.sleep(1);
    }
    List<ProcessHandle> family = process.descendants().toList();
    process.destroyForcibly().waitFor();
    family.forEach(ProcessHandle::destroyForcibly);
    assertThat(process.exitValue()).isNotZero();
    Fixture next = clone("next");
    assertThat(built(next)).endsWith("of 2 from the cache");
    assertThat(built(clone("last"))).isEqualTo("2 of 2 from the cache");
    assertThat(next.warnings()).isEmpty();
  }

  @Test
  void aWrapperOfTheUsersStays() throws Exception {
    Path log = directory.resolve("log");
    Path own =
        Files.writeString(directory.resolve("own"), "#!/bin/sh\necho >>'" + log + "'\n\"$@\"\n");
    assertThat(own.toFile().setExecutable(true)).isTrue();
    assertThat(built(clone("one").variable("RUSTC_WRAPPER", own.toString()))).isEmpty();
    assertThat(log).exists();
  }
}
