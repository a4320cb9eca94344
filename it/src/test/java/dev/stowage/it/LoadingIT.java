package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.it.harness.EachJdk;
import dev.stowage.it.harness.EachTestRuntime;
import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.harness.Reactor;
import dev.stowage.it.scenario.FailsTwice;
import dev.stowage.it.scenario.InOtherClassLoaders;
import dev.stowage.it.scenario.UsesBoth;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Digests;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.RunningChild;
import dev.stowage.testing.SharedFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The loader with the JARs that users get. */
class LoadingIT {
  private static final String BOTH = UsesBoth.class.getName();
  private static final int RACERS = 6;

  @EachJdk
  void coldThenWarmWithoutAWrite(Jdk jdk) throws IOException {
    for (JvmSetup jvm : List.of(JvmSetup.dropIn(), JvmSetup.separate())) {
      Path cache = SharedFiles.directory("cache");
      works(jdk, jvm.cache(cache));
      Map<Path, String> cold = files(cache);
      assertThat(names(cold)).as("two bindings of two files").hasSize(4);
      works(jdk, jvm.cache(cache));
      assertThat(files(cache)).isEqualTo(cold);
    }
  }

  @EachJdk
  void dropInAndSeparateJarsShareOneCacheEntry(Jdk jdk) throws IOException {
    Path cache = SharedFiles.directory("cache");
    works(jdk, JvmSetup.dropIn().cache(cache));
    Map<Path, String> cold = files(cache);
    works(jdk, JvmSetup.separate().cache(cache));
    assertThat(files(cache)).isEqualTo(cold);
  }

  @EachTestRuntime
  void sixColdJvmsRaceForOneCache(Jdk jdk) throws IOException {
    Path cache = SharedFiles.directory("cache");
    List<RunningChild> racers = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      racers.add(JvmSetup.dropIn().cache(cache).child(jdk, UsesBoth.class).start());
    }
    for (RunningChild racer : racers) {
      racer.await().expectOk();
    }
    assertThat(names(files(cache))).as("each file once, no litter").hasSize(4);
    try (Stream<Path> entries = Files.list(cache.resolve("stowage"))) {
      assertThat(entries).as("one entry for each binding").hasSize(2);
    }
  }

  @EachJdk
  void aDamagedEntryIsReplaced(Jdk jdk) throws IOException {
    Path cache = SharedFiles.directory("cache");
    JvmSetup jvm = JvmSetup.dropIn().cache(cache);
    works(jdk, jvm);
    Map<Path, String> sound = digests(cache);
    for (Path file : sound.keySet()) {
      for (String damage : List.of("flipped", "truncated", "removed")) {
        damage(file, damage);
        works(jdk, jvm);
        assertThat(digests(cache)).as("%s %s", damage, file).isEqualTo(sound);
      }
    }
  }

  @EachTestRuntime
  void twoClassLoadersShareTheCoresAndHaveAShimEach(Jdk jdk) {
    String copy =
        BOTH
            + "@"
            + jdk.paths(
                List.of(SharedFiles.copy(Reactor.dropIn()), SharedFiles.copy(Reactor.scenarios())));
    Outcome outcome =
        JvmSetup.on(Reactor.scenarios())
            .child(jdk, InOtherClassLoaders.class)
            .arguments(copy, copy)
            .run()
            .expectOk();
    twoCopies(jdk, outcome);
  }

  @EachJdk
  void aRelocatedCopyWorksBesideTheOriginal(Jdk jdk) {
    Path relocated = Reactor.file("it/target/relocated.jar");
    JvmSetup jvm = JvmSetup.on(Reactor.dropIn(), Reactor.scenarios(), relocated);
    twoCopies(
        jdk,
        jvm.child(jdk, InOtherClassLoaders.class)
            .arguments(BOTH, "org.shaded." + BOTH)
            .run()
            .expectOk());
    twoCopies(
        jdk,
        jvm.child(jdk, InOtherClassLoaders.class)
            .arguments("org.shaded." + BOTH, BOTH)
            .run()
            .expectOk());
  }

  private static void twoCopies(Jdk jdk, Outcome outcome) {
    for (String use : List.of("0-0", "1-0", "0-1", "1-1")) {
      assertThat(outcome.result("rust-" + use)).isEqualTo(Reactor.version() + " 42");
      assertThat(outcome.result("go-" + use)).isEqualTo(Reactor.version());
    }
    if (jdk.isWindows()) {
      return; // wine does not map the file of a DLL.
    }
    List<String> mapped = Arrays.asList(outcome.result("mapped").split(" ", -1));
    assertThat(mapped).filteredOn(path -> path.contains("_go-")).as("one Go runtime").hasSize(1);
    assertThat(mapped).filteredOn(path -> path.contains("_rust-")).hasSize(1);
    assertThat(mapped).filteredOn(path -> path.contains("_go_jni-")).hasSize(2);
    assertThat(mapped).filteredOn(path -> path.contains("_rust_jni-")).hasSize(2);
  }

  @EachJdk
  void anOverrideDirectoryServesAndIsNeverWrittenTo(Jdk jdk) throws IOException {
    Path cache = SharedFiles.directory("cache");
    works(jdk, JvmSetup.dropIn().cache(cache));
    Path installed = SharedFiles.directory("installed");
    for (Path file : files(cache).keySet()) {
      Files.copy(file, installed.resolve(file.getFileName()));
    }
    Map<Path, String> before = files(installed);
    ChildJvm child =
        JvmSetup.dropIn().flags("-Dstowage.wasm.path=" + installed).child(jdk, UsesBoth.class);
    child.run().expectOk();
    assertThat(child.cache()).isEmptyDirectory();
    assertThat(files(installed)).isEqualTo(before);
  }

  @EachJdk
  void withoutTheNativesTheMessageSaysWhatToAdd(Jdk jdk) {
    JvmSetup jvm = JvmSetup.on(Reactor.api(), Reactor.loader(), Reactor.scenarios());
    Outcome outcome = jvm.child(jdk, FailsTwice.class).run().expectOk();
    assertThat(outcome.result("rust"))
        .startsWith("StowageLinkError STOW-")
        .contains(
            "add dev.stowage:stowage-wasm-natives:" + Reactor.version() + " with <classifier>")
        .contains("<classifier>" + Reactor.classifier() + "</classifier>");
    assertThat(outcome.result("rust-again")).isEqualTo(outcome.result("rust"));
    assertThat(outcome.result("go"))
        .startsWith("StowageLinkError STOW-")
        .contains("add dev.stowage:stowage-wasm-natives:");
  }

  @Test
  void withNativeAccessDeniedTheMessageNamesTheFlag() {
    Jdk jdk = Jdk.newest();
    assumeTrue(
        jdk.feature() >= 24,
        "--illegal-native-access came with JDK 24, which is not on this machine");
    JvmSetup jvm = JvmSetup.dropIn().withoutNativeAccess().flags("--illegal-native-access=deny");
    Outcome outcome = jvm.child(jdk, FailsTwice.class).run().expectOk();
    assertThat(outcome.result("rust"))
        .startsWith("StowageLinkError STOW-")
        .contains("--enable-native-access=ALL-UNNAMED");
    assertThat(outcome.result("rust-again")).isEqualTo(outcome.result("rust"));
  }

  private static void works(Jdk jdk, JvmSetup jvm) {
    Outcome outcome = jvm.child(jdk, UsesBoth.class).run().expectOk();
    assertThat(outcome.result("rust")).isEqualTo(Reactor.version() + " 42");
    assertThat(outcome.result("go")).isEqualTo(Reactor.version());
  }

  private static void damage(Path file, String how) throws IOException {
    // The loader removes write permission from its files. Root can write to them anyway, other
    // users must restore it first.
    file.getParent().toFile().setWritable(true);
    file.toFile().setWritable(true);
    if (how.equals("removed")) {
      Files.delete(file);
      return;
    }
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    if (how.equals("truncated")) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(content.length / 2);
      }
    }
  }

  /**
   * All files below a directory, with attributes that change when a file is written or replaced.
   */
  private static Map<Path, String> files(Path root) throws IOException {
    Map<Path, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        files.put(file, now.fileKey() + " " + now.lastModifiedTime() + " " + now.size());
      }
    }
    return files;
  }

  private static Map<Path, String> digests(Path root) throws IOException {
    Map<Path, String> digests = new TreeMap<>();
    for (Path file : files(root).keySet()) {
      digests.put(file, Digests.sha256(Files.readAllBytes(file)));
    }
    return digests;
  }

  private static List<String> names(Map<Path, String> files) {
    return files.keySet().stream()
        .map(file -> file.getFileName().toString())
        .collect(Collectors.toList());
  }
}
