package dev.stowage.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stowage.it.harness.JvmSetup;
import dev.stowage.it.harness.Reactor;
import dev.stowage.loader.platform.Target;
import dev.stowage.loader.platform.Targets;
import dev.stowage.testing.ChildProcess;
import dev.stowage.testing.Jdk;
import dev.stowage.testing.Outcome;
import dev.stowage.testing.SharedFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs all examples on all JDKs and compares their output with expected.txt. Maven builds them with
 * the artifacts and POMs as they would be published.
 */
class ExamplesIT {
  private static final Path PROJECTS = SharedFiles.directory("examples");
  private static final Path LOCAL = SharedFiles.directory("local-repository");
  private static final Path SETTINGS = PROJECTS.resolve("settings.xml");
  private static final Map<String, List<Path>> CLASS_PATHS = new TreeMap<>();
  private static final List<List<Path>> WAYS_TO_DEPEND =
      List.of(
          List.of(Reactor.dropIn()), List.of(Reactor.api(), Reactor.loader(), Reactor.natives()));

  /**
   * Makes a local repository with our artifacts as {@code install} would write them, and links to
   * this build's local repository for all others.
   */
  @BeforeAll
  static void publishAndBuild() throws IOException {
    SharedFiles.copyTree(Reactor.root().resolve("examples"), PROJECTS);
    artifact("stowage-loader", "loader", Reactor.loader());
    artifact("stowage-wasm", "jni-glue", Reactor.api());
    for (Target target : Targets.all()) {
      artifact("stowage-wasm-natives", "platform-jars/natives", natives(target.classifier()));
    }
    artifact("stowage-wasm-platform", "platform-jars/platform", null);
    artifact("stowage-wasm-all", "platform-jars/all", Reactor.dropIn());
    String repository =
        """
        <id>host</id>
        <url>%s</url>
        """
            .formatted(Reactor.repository().toUri());
    Files.writeString(
        SETTINGS,
        """
        <settings>
          <profiles>
            <profile>
              <id>host</id>
              <repositories><repository>%1$s</repository></repositories>
              <pluginRepositories><pluginRepository>%1$s</pluginRepository></pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>host</activeProfile></activeProfiles>
        </settings>
        """
            .formatted(repository));
    for (Example example : Example.below(PROJECTS)) {
      if (example.isMaven()) {
        CLASS_PATHS.put(example.name(), build(example.folder()));
      }
    }
  }

  /** For a target that was not built, an empty JAR: Maven needs only a file of that name. */
  private static Path natives(String classifier) throws IOException {
    if (Reactor.isBuilt(classifier)) {
      return Reactor.natives(classifier);
    }
    String name = Reactor.natives().getFileName().toString();
    Path empty = PROJECTS.resolve(name.replace(Reactor.classifier(), classifier));
    try (OutputStream out = Files.newOutputStream(empty)) {
      new JarOutputStream(out, new Manifest()).close();
    }
    return empty;
  }

  static Stream<Arguments> everyRun() throws IOException {
    return Example.below(PROJECTS).stream()
        .flatMap(example -> Jdk.allExpected().stream().map(jdk -> Arguments.of(example, jdk)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everyRun")
  void anExamplePrintsItsExpectedOutput(Example example, Jdk jdk) throws IOException {
    Reactor.assumeUsable(jdk);
    if (example.isMaven()) {
      JvmSetup jvm = JvmSetup.on(CLASS_PATHS.get(example.name()).toArray(Path[]::new));
      matches(example, jvm.child(jdk, example.mainClass()).run());
    } else {
      for (List<Path> jars : WAYS_TO_DEPEND) {
        matches(example, script(example, jdk, jars).run());
      }
    }
  }

  private static void matches(Example example, Outcome outcome) throws IOException {
    outcome.expectExit(0).expectQuiet();
    assertThat(outcome.out()).isEqualTo(example.expected());
  }

  /** Prepares the script of a copy of the example, with these JARs in lib. */
  private static ChildProcess script(Example example, Jdk jdk, List<Path> jars) throws IOException {
    Path project = SharedFiles.directory("example");
    SharedFiles.copyTree(example.folder(), project);
    Path lib = Files.createDirectory(project.resolve("lib"));
    for (Path jar : jars) {
      Files.copy(jar, lib.resolve(jar.getFileName()));
    }
    Path directory = SharedFiles.directory("run");
    String options = "-Dstowage.cache=" + directory + " -Djava.io.tmpdir=" + directory;
    if (jdk.feature() >= 24) {
      options += " --enable-native-access=ALL-UNNAMED";
    }
    return ChildProcess.program("sh", project.resolve("run").toString())
        .environment("JAVAC", Jdk.current().home().resolve("bin/javac").toString())
        .environment("JAVA", jdk.java().toString())
        .environment("JAVA_OPTIONS", options);
  }

  @Test
  void dependingOnOneClassifierBringsOnlyThatOne() {
    String one = "stowage-wasm-natives-" + Reactor.version() + "-" + Reactor.classifier() + ".jar";
    List<String> api = jars("stowage-loader", "stowage-wasm");
    assertThat(ours("applications/hello")).containsExactlyElementsOf(jars("stowage-wasm-all"));
    for (String name :
        List.of("applications/hello-classifier", "applications/hello-os-classifier")) {
      assertThat(ours(name)).as(name).containsAll(api).contains(one).hasSize(3);
    }
    assertThat(ours("applications/hello-platform"))
        .containsAll(api)
        .contains(one)
        .hasSize(2 + Targets.all().size());
  }

  private static List<String> ours(String example) {
    return CLASS_PATHS.get(example).stream()
        .map(path -> path.getFileName().toString())
        .filter(name -> name.endsWith(".jar"))
        .toList();
  }

  private static List<String> jars(String... artifacts) {
    return Arrays.stream(artifacts).map(name -> name + "-" + Reactor.version() + ".jar").toList();
  }

  private static List<Path> build(Path project) throws IOException {
    Path classPath = project.resolve("target/class-path.txt");
    ChildProcess.program(
            Reactor.maven().toString(),
            "-B",
            "-ntp",
            "-gs",
            SETTINGS.toString(),
            "-Dmaven.repo.local=" + LOCAL,
            "-f",
            project.toString(),
            Reactor.plugin("maven-compiler-plugin") + ":compile",
            Reactor.plugin("maven-dependency-plugin") + ":build-classpath",
            "-Dmdep.outputFile=" + classPath)
        .environment("JAVA_HOME", System.getProperty("java.home"))
        .limit(Duration.ofMinutes(5))
        .run()
        .expectExit(0);
    String entries = Files.readString(classPath).strip() + ":" + project.resolve("target/classes");
    return Arrays.stream(entries.split(":", -1)).map(Path::of).toList();
  }

  private static void artifact(String name, String module, Path jar) throws IOException {
    Path directory =
        Files.createDirectories(
            LOCAL.resolve("dev/stowage").resolve(name).resolve(Reactor.version()));
    Files.copy(
        Reactor.file(module + "/.flattened-pom.xml"),
        directory.resolve(name + "-" + Reactor.version() + ".pom"),
        StandardCopyOption.REPLACE_EXISTING);
    if (jar != null) {
      Files.copy(jar, directory.resolve(jar.getFileName()));
    }
  }
}
