package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.harness.EachTestRuntime;
import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.harness.Reactor;
import dev.stowage.it.scenario.EveryFunction;
import dev.stowage.it.scenario.FaultStorm;
import dev.stowage.it.scenario.Panics;
import dev.stowage.it.scenario.Pulls;
import dev.stowage.it.scenario.SampleModules;
import dev.stowage.it.scenario.UsesBoth;
import dev.stowage.loader.platform.Libc;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.testing.ChildJvm;
import dev.stowage.testing.Digests;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.SharedFiles;
import dev.stowage.testing.registry.DockerRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The packed JARs on every test runtime: the real Java 8 and the other JDKs of the host, and JVMs
 * of other platforms under an emulator. Targets without a test runtime have other tests: {@code
 * -musl} {@link MuslIT}, macOS the packager's {@code verify}.
 */
class RuntimesIT {
  private static final int NULLS = 200_000;
  private static final int OVERFLOWS = 1_000;

  @Test
  void everyEmulatedTargetHasATestRuntime() {
    List<String> classifiers =
        Targets.all().stream()
            .filter(target -> List.of("qemu", "wine").contains(target.provenBy()))
            .filter(target -> target.libc() != Libc.MUSL)
            .map(Target::classifier)
            .toList();
    assertThat(Jdk.emulated())
        .extracting(Jdk::platform)
        .containsExactlyInAnyOrderElementsOf(classifiers);
  }

  @EachTestRuntime
  void loadsColdThenFromItsCacheAndRepairsIt(Jdk jdk) throws IOException {
    for (JvmSetup jvm : List.of(JvmSetup.dropIn(), JvmSetup.separate(Reactor.classifier(jdk)))) {
      // Like the home of a user whose name is in the code page of that Windows.
      Path cache =
          Files.createDirectory(SharedFiles.directory("cache").resolve("with space and \u00e4"));
      JvmSetup told = jvm.cache(cache).flags("-verbose:class");
      assertThat(uses(jdk, told)).contains("dev.stowage.loader.LoadSteps");
      Map<String, String> cold = files(cache);
      assertThat(cold).as("two bindings of two files").hasSize(4);
      assertThat(uses(jdk, told))
          .contains("dev.stowage.loader.PinnedBinding")
          .doesNotContain("dev.stowage.loader.LoadSteps");
      assertThat(files(cache)).as("not written again").isEqualTo(cold);
      flipOneBit(core(cache));
      assertThat(uses(jdk, told)).contains("dev.stowage.loader.LoadSteps");
      assertThat(files(cache).values()).containsExactlyInAnyOrderElementsOf(cold.values());
    }
  }

  @EachTestRuntime
  void keepsItsCacheWhereThePlatformDoes(Jdk jdk) {
    ChildJvm child = JvmSetup.dropIn().flags("-Dstowage.cache=").child(jdk, UsesBoth.class);
    boolean windows = jdk.isWindows();
    Path home = child.home().resolve(".cache/stowage");
    assertThat(child.run().expectOk().result("core"))
        .contains(windows ? "\\AppData\\Local\\stowage\\" : home.toString());
  }

  @EachTestRuntime
  void describesRunsCallsBackAndPacks(Jdk jdk) throws IOException {
    Path directory = SharedFiles.directory("every-function");
    Path module = Files.write(directory.resolve("module.wasm"), SampleModules.padded(1000));
    String reference = "oci:" + jdk.path(directory.resolve("source")) + ":v1";
    run(jdk, Pulls.class, JvmSetup.dropIn(), "push", "push", module, reference);
    Outcome outcome = run(jdk, EveryFunction.class, JvmSetup.dropIn(), directory, reference);
    assertThat(outcome.result("rust")).isEqualTo(Reactor.version());
    assertThat(outcome.result("go")).isEqualTo(Reactor.version());
  }

  @EachTestRuntime
  void panicsBecomeExceptions(Jdk jdk) {
    Outcome outcome = run(jdk, Panics.class, JvmSetup.dropIn());
    assertThat(outcome.result("rust"))
        .matches("WasmException PANIC: rust was asked to \\(\\S+\\.rs:\\d+\\)");
    assertThat(outcome.result("go-export"))
        .matches("WasmException PANIC: go was asked to \\(\\S+\\.go:\\d+\\)");
    assertThat(outcome.result("go-goroutine"))
        .matches("WasmException PANIC: a goroutine was asked to \\(\\S+\\.go:\\d+\\)");
    assertThat(outcome.result("not-ascii")).startsWith("WasmException PANIC: ä 😀 (");
  }

  /** C1 only, because C2 would replace these faults by branches. */
  @EachTestRuntime
  void faultsStayExceptionsWithGoLoaded(Jdk jdk) {
    JvmSetup jvm = JvmSetup.dropIn().flags("-XX:TieredStopAtLevel=1");
    Outcome outcome = run(jdk, FaultStorm.class, jvm, NULLS, OVERFLOWS);
    assertThat(outcome.result("caught"))
        .isEqualTo(NULLS + " nulls, " + NULLS + " zeros, " + OVERFLOWS + " overflows");
    assertThat(outcome.result("go-after")).isEqualTo(Reactor.version());
  }

  @EachTestRuntime
  void pullsFromARegistry(Jdk jdk) throws IOException {
    Path directory = SharedFiles.directory("pulls");
    byte[] bytes = SampleModules.padded(300_000);
    Path module = Files.write(directory.resolve("module.wasm"), bytes);
    Path pulled = directory.resolve("pulled.wasm");
    try (DockerRegistry registry = DockerRegistry.start()) {
      String reference = registry.reference("run-times/module:v1");
      Outcome outcome =
          run(
              jdk,
              Pulls.class,
              JvmSetup.dropIn(),
              "push",
              "push",
              module,
              reference,
              "pull",
              "pull",
              reference,
              pulled);
      String digest = "sha256:" + Digests.sha256(bytes);
      assertThat(outcome.result("push")).isEqualTo(digest);
      assertThat(outcome.result("pull")).isEqualTo(digest + " " + bytes.length);
    }
    assertThat(pulled).hasBinaryContent(bytes);
  }

  /** The output of a JVM: results and loaded classes. */
  private static String uses(Jdk jdk, JvmSetup jvm) {
    Outcome outcome = run(jdk, UsesBoth.class, jvm);
    assertThat(outcome.result("rust")).isEqualTo(Reactor.version() + " 42");
    assertThat(outcome.result("go")).isEqualTo(Reactor.version());
    return outcome.out();
  }

  private static Outcome run(Jdk jdk, Class<?> scenario, JvmSetup jvm, Object... arguments) {
    return jvm.child(jdk, scenario).arguments(arguments).run().expectOk();
  }

  /** Digests of all files below, by name and modification time. */
  private static Map<String, String> files(Path cache) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(cache)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        digests.put(
            file.getFileName() + " " + Files.getLastModifiedTime(file),
            Digests.sha256(Files.readAllBytes(file)));
      }
    }
    return digests;
  }

  private static Path core(Path cache) throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files
          .filter(file -> file.toString().contains("_wasm_rust-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void flipOneBit(Path file) throws IOException {
    file.toFile().setWritable(true);
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
  }
}
